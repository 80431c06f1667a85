import { z } from 'zod'
import { type BuildingOptions, buildingFields } from './builder/options.ts'
import { MAX_SIDE, MAX_STEP_LIMIT } from './level.ts'
import {
  EDITORS,
  type EditorName,
  GENERATORS,
  type GeneratorName,
  PROFILES,
  type ProfileName,
} from './profiles.ts'

const side = z.int().min(1).max(MAX_SIDE)

/** The fields as users write them; what a profile decides may be left out. */
export const mazeOptionFields = z.strictObject({
  profile: z
    .enum(['minimax', 'jaxued', 'dcd'])
    .default('minimax')
    .describe('Code base whose edges are followed: image axes, level equality, generator, edits.'),
  height: side.default(13).describe('Rows of the interior of generated levels.'),
  width: side.default(13).describe('Columns of the interior of generated levels.'),
  view: z
    .int()
    .min(3)
    .max(31)
    .refine((size) => size % 2 === 1, 'must be odd')
    .default(5)
    .describe('Side of the square that the agent sees; odd.'),
  observation: z
    .enum(['view', 'map'])
    .default('view')
    .describe(
      'What `image` shows: the square ahead of the agent, or the whole interior with the agent drawn in.',
    ),
  maxSteps: z
    .int()
    .min(1)
    .max(MAX_STEP_LIMIT)
    .default(250)
    .describe('Step limit of an episode in a level that has none of its own.'),
  timePenalty: z
    .boolean()
    .default(true)
    .describe('Whether the reward falls from 1 to 0.1 with the steps taken.'),
  seeAgent: z
    .boolean()
    .default(false)
    .describe("Whether the agent's own cell shows the agent instead of an empty cell."),
  observePosition: z
    .boolean()
    .default(false)
    .describe("Adds the observation `position`, the agent's column and row."),
  generator: z
    .enum(GENERATORS)
    .optional()
    .describe(
      'How levels are drawn: random walls, a uniform teacher in the construction game (default of dcd), rejection-sampled clutter, or a procedural test maze.',
    ),
  nWalls: z
    .int()
    .min(0)
    .optional()
    .describe(
      'Wall draws per level; 60 in minimax, 25 in jaxued and dcd (60 with variableBlocks).',
    ),
  replacement: z
    .boolean()
    .optional()
    .describe('Whether wall draws of the walls generator may coincide; off with sampleNWalls.'),
  sampleNWalls: z
    .boolean()
    .default(false)
    .describe(
      'Draws the number of walls from 0 … nWalls−1 (at least one stands); walls generator.',
    ),
  variableBlocks: z
    .boolean()
    .default(false)
    .describe('Draws the number of blocks per level; uniform-teacher and clutter generators.'),
  crossings: z
    .int()
    .min(1)
    .default(5)
    .describe('Nominal number of walls that the crossing generator lays.'),
  solvableOnly: z
    .boolean()
    .default(false)
    .describe('Draws again until the goal can be reached; no published configuration does.'),
  editor: z
    .enum(EDITORS)
    .optional()
    .describe(
      'Edit operator; dcd-fixed-agent is the set that ACCEL uses in dcd (wall, empty, goal).',
    ),
  edits: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Edits per child: 20 in minimax, 5 in jaxued and dcd.'),
  randomStartDirection: z
    .boolean()
    .default(false)
    .describe('Draws the start direction in fixed evaluation mazes; the published ones fix it.'),
  building: buildingFields
    .optional()
    .describe(
      'The level-building game that a learned builder plays. Default: that of the profile.',
    ),
})

/** Options with every default written out. */
export interface MazeOptions {
  readonly profile: ProfileName
  readonly height: number
  readonly width: number
  readonly view: number
  readonly observation: 'view' | 'map'
  readonly maxSteps: number
  readonly timePenalty: boolean
  readonly seeAgent: boolean
  readonly observePosition: boolean
  readonly generator: GeneratorName
  readonly nWalls: number
  readonly replacement: boolean
  readonly sampleNWalls: boolean
  readonly variableBlocks: boolean
  readonly crossings: number
  readonly solvableOnly: boolean
  readonly editor: EditorName
  readonly edits: number
  readonly randomStartDirection: boolean
  readonly building?: BuildingOptions
}

function resolve(given: z.output<typeof mazeOptionFields>, context: z.RefinementCtx): MazeOptions {
  const profile = PROFILES[given.profile]
  const options: MazeOptions = {
    ...given,
    generator: given.generator ?? profile.generator,
    nWalls: given.nWalls ?? (given.variableBlocks ? 60 : profile.nWalls),
    replacement: given.replacement ?? !given.sampleNWalls,
    editor: given.editor ?? profile.editor,
    edits: given.edits ?? profile.edits,
  }
  for (const [field, message] of conflicts(options))
    context.addIssue({ code: 'custom', path: [field], message })
  return options
}

/** What single fields cannot say: too many walls for the size, mazes that need odd sides. */
function conflicts(options: MazeOptions): (readonly [string, string])[] {
  const { height, width, generator, nWalls } = options
  const found: (readonly [string, string])[] = []
  if (height * width < 2) found.push(['height', 'a maze needs two cells, for agent and goal'])
  const usesWalls = ['walls', 'uniform-teacher', 'clutter'].includes(generator)
  const limit = Math.max(0, height * width - 2)
  if (usesWalls && nWalls > limit)
    found.push(['nWalls', `a ${height} × ${width} maze takes at most ${limit} walls`])
  if (options.sampleNWalls && options.replacement)
    found.push(['replacement', 'sampleNWalls draws without replacement'])
  if (options.sampleNWalls && generator !== 'walls')
    found.push(['sampleNWalls', `only the walls generator has it, not ${generator}`])
  if (options.variableBlocks && generator !== 'uniform-teacher' && generator !== 'clutter')
    found.push(['variableBlocks', `only uniform-teacher and clutter have it, not ${generator}`])
  if (!usesWalls) {
    if (height % 2 === 0) found.push(['height', `must be odd for ${generator}`])
    if (width % 2 === 0) found.push(['width', `must be odd for ${generator}`])
    if (Math.min(height, width) < 3) found.push(['height', `${generator} needs 3 × 3 cells`])
  }
  const lines = Math.floor((height - 1) / 2) + Math.floor((width - 1) / 2)
  if (generator === 'crossing' && options.crossings > lines)
    found.push(['crossings', `a ${height} × ${width} maze takes at most ${lines} crossings`])
  return found
}

/** Parses what users write into {@link MazeOptions}; what it gives parses to itself. */
export const mazeOptions = mazeOptionFields.transform(resolve)
