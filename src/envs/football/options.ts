import { z } from 'zod'
import { LONGEST_GAME, MOST_PLAYERS } from './level-space/defect.ts'

/** Representations that are rows of numbers. */
const ENCODED = ['simple115v2', 'simple115', 'extracted', 'tizero', 'grf-marl'] as const

const agents = z.int().min(0).max(MOST_PLAYERS)
const share = z.number().min(0).max(1)
const flag = z.boolean().nullable().default(null)

/** Which players may be given to agents: as the level says, all but the keeper, or these of a team. */
const controllable = z.union([
  z.enum(['level', 'outfield']),
  z
    .array(
      z
        .int()
        .min(0)
        .max(MOST_PLAYERS - 1),
    )
    .min(1)
    .max(MOST_PLAYERS),
])

/** The fields as users write them, and every default. */
const fields = z.strictObject({
  scenario: z
    .string()
    .min(1)
    .default('11_vs_11_stochastic')
    .describe('Built-in scenario that levels are made of, such as academy_empty_goal.'),
  generator: z
    .enum(['scenario', 'around', 'random'])
    .default('scenario')
    .describe(
      'How levels are drawn: the scenario as it is, its players and ball moved a little, or both anywhere in the box; keepers stay.',
    ),
  spread: z
    .number()
    .min(0)
    .max(2)
    .default(0.1)
    .describe('Standard deviation of the generator around, in field units.'),
  maxX: z
    .number()
    .gt(0)
    .max(1)
    .default(0.9)
    .describe('Half the length of the box that players and ball are drawn from and moved within.'),
  maxY: z.number().gt(0).max(0.42).default(0.4).describe('Half the width of that box.'),
  moves: z
    .int()
    .min(1)
    .max(2 * MOST_PLAYERS)
    .nullable()
    .default(null)
    .describe('How many of players and ball an edit moves; null moves all of them.'),
  step: z
    .number()
    .gt(0)
    .max(2)
    .default(0.1)
    .describe('Standard deviation of an edit on each axis, in field units.'),
  gameDuration: z
    .int()
    .min(1)
    .max(LONGEST_GAME)
    .nullable()
    .default(null)
    .describe('Steps of an episode in generated levels; null as the scenario says.'),
  leftDifficulty: share
    .nullable()
    .default(null)
    .describe('Difficulty of the left team in generated levels; null as the scenario says.'),
  rightDifficulty: share
    .nullable()
    .default(null)
    .describe('Difficulty of the right team in generated levels; null as the scenario says.'),
  offsides: flag.describe('Whether generated levels know offside; null as the scenario says.'),
  endEpisodeOnScore: flag.describe(
    'Whether a goal ends the episode in generated levels; null as the scenario says.',
  ),
  endEpisodeOnPossessionChange: flag.describe(
    'Whether losing the ball ends the episode in generated levels; null as the scenario says.',
  ),
  endEpisodeOnOutOfPlay: flag.describe(
    'Whether a restart ends the episode in generated levels; null as the scenario says.',
  ),
  leftAgents: agents
    .default(1)
    .describe(
      'Players of the left team that are played from outside; the built-in AI has the rest.',
    ),
  rightAgents: agents
    .default(0)
    .describe(
      'Players of the right team that are played from outside; the built-in AI has the rest.',
    ),
  leftControllable: controllable
    .default('level')
    .describe(
      'Players of the left team that agents may have: as the level says, outfield, or a list of indices. As many agents as these have one each, fewer follow the ball.',
    ),
  rightControllable: controllable
    .default('level')
    .describe('Players of the right team that agents may have.'),
  representation: z
    .union([z.enum(['raw', ...ENCODED]), z.array(z.enum(ENCODED)).min(1).max(ENCODED.length)])
    .default('simple115v2')
    .describe(
      'What an agent sees: raw fields, 115 numbers, the mini-map of 72 × 96, or the numbers of the policies TiZero (with its mask) and GRF MARL; a list of them (not raw) shows them side by side, so that policies of each can take seats.',
    ),
  stacked: z
    .boolean()
    .default(false)
    .describe('Shows the last four observations on the last axis; 115 numbers and mini-map only.'),
  actionSet: z
    .enum(['default', 'v2'])
    .default('default')
    .describe('Actions 0 to 18, or in v2 also 19, which gives the player to the built-in AI.'),
  rewards: z
    .enum(['scoring', 'scoring,checkpoints'])
    .default('scoring')
    .describe(
      'Goals alone, or 0.1 more for each of ten distances to the goal reached with the ball.',
    ),
  deterministic: z
    .boolean()
    .default(false)
    .describe('Plays every episode with the seed 42, whatever the stream of its lane.'),
  device: z
    .enum(['cpu', 'cuda'])
    .default('cpu')
    .describe('Where games are stepped; the bits are the same.'),
  threads: z
    .int()
    .min(1)
    .max(256)
    .default(1)
    .describe('Threads that step the games of one vector environment on the CPU.'),
})

/** Options with every default written out. */
export type FootballOptions = z.output<typeof fields>

const STACKABLE: readonly FootballOptions['representation'][] = [
  'simple115v2',
  'simple115',
  'extracted',
]

/** Parses what users write into {@link FootballOptions}; what it gives parses to itself. */
export const footballOptions = fields.superRefine((options, context) => {
  const refuse = (field: keyof FootballOptions, message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message })
  const { representation } = options
  if (options.leftAgents + options.rightAgents === 0)
    refuse('leftAgents', 'somebody must be played from outside: a team needs an agent')
  if (options.stacked && !STACKABLE.includes(representation))
    refuse('stacked', `${representation} is not stacked, only one of ${STACKABLE.join(', ')}`)
  if (typeof representation !== 'string' && new Set(representation).size !== representation.length)
    refuse('representation', 'names a representation twice')
  for (const side of ['left', 'right'] as const) {
    const players = options[`${side}Controllable`]
    const wanted = options[`${side}Agents`]
    if (typeof players === 'string') continue
    if (new Set(players).size !== players.length)
      refuse(`${side}Controllable`, 'names a player twice')
    if (players.length < wanted)
      refuse(`${side}Controllable`, `${players.length} players for ${wanted} agents`)
  }
})
