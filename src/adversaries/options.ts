import { z } from 'zod'
import { scoreIds } from './scores/scores.ts'

/**
 * Options that several algorithms share, as plain records of zod fields: each algorithm spreads them into its own
 * object and overrides what its paper changes.
 */

const probability = z.number().min(0).max(1)

export const slotOptions = {
  shareLevels: z
    .boolean()
    .default(true)
    .describe('Whether all students get equal levels; false gives each its own levels and buffer.'),
}

export const replayOptions = {
  replayProbability: probability
    .default(0.5)
    .describe('Chance that a cycle replays stored levels instead of generating new ones.'),
}

export const repeatOptions = {
  repeats: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      'Attempts of each level in a cycle, each a task with a seed of its own, all scored together (n_eval of minimax). Default 1.',
    ),
}

export const bufferOptions = {
  capacity: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(4000)
    .describe('Most levels that the buffer holds.'),
  minFill: probability
    .default(0.5)
    .describe('Share of the capacity that must be filled before anything is replayed.'),
  score: z
    .enum(scoreIds as [string, ...string[]])
    .default('max-mc')
    .describe('How much a level is worth replaying, from the episodes played on it.'),
  priority: z
    .enum(['rank', 'proportional', 'top-k'])
    .default('rank')
    .describe('How scores become replay probabilities; proportional counts negative scores as 0.'),
  temperature: z
    .number()
    .min(0.001)
    .max(1000)
    .default(0.3)
    .describe('Temperature of rank and proportional priorities: lower favours the best levels.'),
  topK: z
    .number()
    .int()
    .min(1)
    .default(4)
    .describe('Number of best levels that top-k priorities replay.'),
  stalenessCoefficient: probability
    .default(0.3)
    .describe('Share of the replay distribution that favours levels not replayed for long.'),
  unique: z
    .boolean()
    .default(true)
    .describe(
      'Whether a new level that equals a stored one updates it instead of being stored twice.',
    ),
}

/** The rules on which the reference code bases differ; `profile` leaves the choice to the profile. */
export const edgeOptions = {
  profile: z
    .enum(['minimax', 'jaxued', 'dcd'])
    .default('minimax')
    .describe('Reference code base whose buffer rules apply wherever a rule below says profile.'),
  replaySchedule: z
    .enum(['profile', 'fixed', 'fill'])
    .default('profile')
    .describe('Replay chance: fixed, or fill, at most the filled share of the buffer.'),
  insertRule: z
    .enum(['profile', '>=', '>'])
    .default('profile')
    .describe('How a new score must compare with the score that it replaces.'),
  zeroAges: z
    .enum(['profile', 'scores', 'uniform'])
    .default('profile')
    .describe('What stands in for staleness while every age is zero.'),
  newLevelAging: z
    .enum(['profile', 'batch', 'insert', 'none'])
    .default('profile')
    .describe('When new levels age stored ones: when proposed, when inserted, or never.'),
  insertedAge: z
    .enum(['profile', 'zero', 'inherit'])
    .default('profile')
    .describe('Age of an inserted level: zero, or that of the level it replaces.'),
  duplicateAge: z
    .enum(['profile', 'keep', 'zero'])
    .default('profile')
    .describe('Age of a stored level when a new level equals it.'),
  batchDuplicates: z
    .enum(['profile', 'drop', 'update'])
    .default('profile')
    .describe('Later equals in one batch: dropped, or taken as updates of the earlier one.'),
  maxReturns: z
    .enum(['profile', 'running', 'last'])
    .default('profile')
    .describe(
      "A level's best return: over all visits, or of the last visit (minimax as published).",
    ),
}

export const editOptions = {
  editSelection: z
    .enum(['batch', 'easy', 'hard'])
    .default('batch')
    .describe('Which replayed levels are edited: all, or the lowest or highest scoring ones.'),
  editParents: z
    .number()
    .int()
    .min(1)
    .default(4)
    .describe('Number of levels that easy and hard selection pick as parents.'),
  editProbability: probability
    .default(1)
    .describe('Chance that a replay cycle is followed by a cycle of edits.'),
}

/** The resolved options that every replaying algorithm has. */
export interface CuratorOptions
  extends z.infer<z.ZodObject<typeof slotOptions>>,
    z.infer<z.ZodObject<typeof repeatOptions>>,
    z.infer<z.ZodObject<typeof bufferOptions>>,
    z.infer<z.ZodObject<typeof edgeOptions>> {}
