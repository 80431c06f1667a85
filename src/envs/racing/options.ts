import { z } from 'zod'
import { type BuildingOptions, buildingFields } from './building/options.ts'
import { LEAST_POINTS, MAX_STEP_LIMIT, MOST_POINTS } from './level.ts'

export const GENERATORS = ['bezier', 'sketch', 'round', 'gymnasium'] as const
export type GeneratorName = (typeof GENERATORS)[number]

/** The fields as users write them. */
export const racingOptionFields = z.strictObject({
  profile: z
    .enum(['dcd'])
    .default('dcd')
    .describe('Code base whose rules and pictures are followed.'),
  generator: z
    .enum(GENERATORS)
    .default('bezier')
    .describe(
      'How levels are drawn: control points anywhere, in cells of a sketch of 10 × 10, nearly on a circle, or the track of Gymnasium by its seed.',
    ),
  controlPoints: z
    .int()
    .min(LEAST_POINTS)
    .max(MOST_POINTS)
    .default(12)
    .describe('Control points of the levels that are drawn, and of the genome.'),
  actionRepeat: z
    .int()
    .min(1)
    .max(100)
    .default(8)
    .describe('Frames, of a fiftieth of a second, that one action lasts.'),
  maxSteps: z
    .int()
    .min(1)
    .max(MAX_STEP_LIMIT)
    .optional()
    .describe(
      'Step limit of an episode in a level that has none of its own: as many steps as 1000 frames are, 125.',
    ),
  shaping: z
    .boolean()
    .default(true)
    .describe(
      'Whether rewards are as students of dcd learn from them: 100 more at the end, 0.05 less a frame on grass, and an end where nothing was gained lately.',
    ),
  frames: z
    .int()
    .min(1)
    .max(16)
    .default(4)
    .describe('Pictures of the last steps that are seen at once.'),
  grey: z.boolean().default(false).describe('Whether pictures are grey, not in three colours.'),
  crop: z
    .boolean()
    .default(false)
    .describe('Whether pictures are cut to 84 × 84, without the panel at the bottom.'),
  edits: z.int().min(0).max(10_000).default(3).describe('Edits per child.'),
  solvedAbove: z
    .number()
    .default(900)
    .describe('Return above which an episode solved its level; 900 is the threshold of Gymnasium.'),
  building: buildingFields.optional().describe('The level-building game of learned builders.'),
})

/** Options with every default written out. */
export interface RacingOptions {
  readonly profile: 'dcd'
  readonly generator: GeneratorName
  readonly controlPoints: number
  readonly actionRepeat: number
  readonly maxSteps: number
  readonly shaping: boolean
  readonly frames: number
  readonly grey: boolean
  readonly crop: boolean
  readonly edits: number
  readonly solvedAbove: number
  readonly building?: BuildingOptions
}

const FRAMES_LIMIT = 1000

/** Parses what users write into {@link RacingOptions}; what it gives parses to itself. */
export const racingOptions = racingOptionFields.transform(
  (given): RacingOptions => ({
    ...given,
    maxSteps: given.maxSteps ?? Math.ceil(FRAMES_LIMIT / given.actionRepeat),
  }),
)
