import { z } from 'zod'
import { FEWEST_SIDE, MOST_ROOMS, MOST_SIDE } from './level.ts'

/** Options with every default written out. */
export const fruitChoiceOptions = z.strictObject({
  rooms: z
    .int()
    .min(1)
    .max(MOST_ROOMS)
    .default(8)
    .describe('Most rooms of generated levels; each has from 1 to so many, all as likely.'),
  side: z
    .int()
    .min(FEWEST_SIDE)
    .max(MOST_SIDE)
    .default(3)
    .describe('Rows and columns of a room of generated levels.'),
  view: z
    .int()
    .min(3)
    .max(31)
    .refine((size) => size % 2 === 1, 'must be odd')
    .default(5)
    .describe('Side of the square that the agent sees, itself in the middle; odd.'),
  maxSteps: z.int().min(1).max(1_000_000).default(100).describe('Step limit of an episode.'),
  appleProbability: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe('Chance that the apple is the right fruit: the prior of what is hidden.'),
  appleReward: z.number().default(3).describe('Reward of eating the apple where it is right.'),
  bananaReward: z.number().default(10).describe('Reward of eating the banana where it is right.'),
  wrongReward: z.number().default(-1).describe('Reward of eating the wrong fruit.'),
})

export type FruitChoiceOptions = z.output<typeof fruitChoiceOptions>
