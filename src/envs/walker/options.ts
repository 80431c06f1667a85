import { z } from 'zod'
import { MAX_STEP_LIMIT, MOST_SEED } from './level.ts'

export const GENERATORS = ['full', 'easy', 'plain', 'hardcore'] as const
export type GeneratorName = (typeof GENERATORS)[number]

/** The fields as users write them; what a profile decides may be left out. */
export const walkerOptionFields = z.strictObject({
  profile: z
    .enum(['dcd', 'gymnasium'])
    .default('dcd')
    .describe(
      'Code base whose levels are generated: the eight numbers of dcd, or the ground of Gymnasium.',
    ),
  variant: z
    .enum(['full', 'poet'])
    .default('full')
    .describe(
      'Numbers that generator, edits and genome have: all eight, or the five without stairs.',
    ),
  generator: z
    .enum(GENERATORS)
    .optional()
    .describe(
      'How levels are drawn: every number from its whole range, from where ACCEL starts, or the plain or hardcore ground of Gymnasium by its seed.',
    ),
  maxSteps: z
    .int()
    .min(1)
    .max(MAX_STEP_LIMIT)
    .optional()
    .describe(
      'Step limit of an episode in a level that has none of its own: 2000, or 1600 on the plain ground of the gymnasium profile.',
    ),
  edits: z.int().min(0).max(10_000).default(3).describe('Edits per child.'),
  genomeSeed: z
    .int()
    .min(0)
    .max(MOST_SEED)
    .default(0)
    .describe('Seed of the levels that are made from a point of the genome.'),
  solvedAbove: z
    .number()
    .default(300)
    .describe('Return above which an episode solved its level; 300 is the threshold of Gymnasium.'),
})

/** Options with every default written out. */
export interface WalkerOptions {
  readonly profile: 'dcd' | 'gymnasium'
  readonly variant: 'full' | 'poet'
  readonly generator: GeneratorName
  readonly maxSteps: number
  readonly edits: number
  readonly genomeSeed: number
  readonly solvedAbove: number
}

const LIMIT = 2000
const PLAIN_LIMIT = 1600

function resolve(
  given: z.output<typeof walkerOptionFields>,
  context: z.RefinementCtx,
): WalkerOptions {
  const ofGymnasium = given.profile === 'gymnasium'
  const generator = given.generator ?? (ofGymnasium ? 'plain' : 'full')
  if (ofGymnasium && generator !== 'plain' && generator !== 'hardcore')
    context.addIssue({
      code: 'custom',
      path: ['generator'],
      message: `the gymnasium profile has plain and hardcore, ${generator} is of dcd`,
    })
  const limit = ofGymnasium && generator === 'plain' ? PLAIN_LIMIT : LIMIT
  return { ...given, generator, maxSteps: given.maxSteps ?? limit }
}

/** Parses what users write into {@link WalkerOptions}; what it gives parses to itself. */
export const walkerOptions = walkerOptionFields.transform(resolve)
