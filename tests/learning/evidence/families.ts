import { join } from 'node:path'
import { ROOT } from '../train.ts'

/** Levels of one kind: those whose names begin so. */
export interface Block {
  readonly prefix: string
  readonly title: string
}

/** One domain of the study: who takes part, how long, and what they are measured on. */
export interface Family {
  /** Of its page. */
  readonly title: string
  readonly about: string
  /** The slowest first, so that none of them ends alone. */
  readonly algorithms: readonly string[]
  /** Gradient updates of a student. */
  readonly updates: number
  /** What is compared. */
  readonly score: 'solvedRate' | 'meanReturn'
  readonly blocks: readonly Block[]
  /** Against whom a group is held, and how that column is called; none for a baseline. */
  readonly baseline: (group: string) => string | undefined
  readonly beats: string
  readonly variant: (algorithm: string) => Variant
  /** In every run, beside the budget. */
  readonly set: (updates: number) => Readonly<Record<string, unknown>>
}

interface Variant {
  readonly config: string
  readonly set?: Readonly<Record<string, unknown>>
}

const recipe = (name: string): string => join(ROOT, 'recipes', `${name}.yaml`)

/** Ten measurements on the way, and one cut for each. */
const tenth = (updates: number): number => Math.max(1, Math.floor(updates / 10))

const DR = {
  baseline: (group: string) => (group === 'dr' ? undefined : 'dr'),
  beats: 'beats DR',
}

/** Quick recipes of small mazes: the family of algorithms, and that of cores. */
const SMALL_MAZES = {
  score: 'solvedRate',
  blocks: [
    { prefix: 'maze/minimax-report/', title: 'the twelve held-out mazes of the minimax report' },
    { prefix: 'random:100/', title: '100 held-out random mazes of the training size' },
  ],
  variant: (algorithm: string) => ({ config: recipe(`maze-${algorithm}-quick`) }),
  set: (updates: number) => ({
    // ACCEL begins without walls; all are measured on mazes as domain randomisation makes them.
    'evaluation.env': { nWalls: 12 },
    'evaluation.suite': 'random:100',
    'evaluation.every': tenth(updates),
    'evaluation.final': { suite: 'random:100 + maze/minimax-report', episodes: 10 },
    'cuts.every': tenth(updates),
  }),
} as const

/** Of the recipes of a domain with published sizes. */
const published =
  (domain: string) =>
  (algorithm: string): Variant =>
    algorithm === 'robust-plr'
      ? { config: recipe(`${domain}-plr`), set: { 'adversary.id': 'robust-plr' } }
      : { config: recipe(`${domain}-${algorithm}`) }

const RACING = {
  score: 'meanReturn',
  blocks: [
    { prefix: 'racing/held-out/', title: 'twenty held-out tracks' },
    { prefix: 'racing/gymnasium/', title: 'the track of Gymnasium' },
  ],
  set: (updates: number) => ({
    'evaluation.suite': 'racing/gymnasium',
    'evaluation.episodes': 5,
    'evaluation.every': tenth(updates),
    'evaluation.final': { suite: 'racing/held-out + racing/gymnasium', episodes: 5 },
    'cuts.every': tenth(updates),
  }),
} as const
/** A buffer for some hundred cycles of 16 tracks: warm after eight of new ones. */
const WARM = { 'adversary.capacity': 256 }

export const FAMILIES: Readonly<Record<string, Family>> = {
  maze: {
    ...SMALL_MAZES,
    ...DR,
    title: 'Four algorithms on small mazes',
    about:
      'The quick recipes: 7 × 7 mazes, a student of 64 units, 32 × 128 steps an update. Equal gradient updates for all.',
    algorithms: ['paired', 'accel', 'robust-plr', 'dr'],
    updates: 400,
  },
  s5: {
    ...SMALL_MAZES,
    title: 'S5 beside LSTM on small mazes',
    about:
      'The quick recipes: 7 × 7 mazes, students of 64 units, 32 × 128 steps an update, the core an LSTM or two S5 layers. Equal gradient updates for all.',
    algorithms: ['accel-s5', 'robust-plr-s5', 'dr-s5', 'accel', 'robust-plr', 'dr'],
    updates: 400,
    // `paired-s5:protagonist` is held against `paired:protagonist`.
    baseline: (group) => (group.includes('-s5') ? group.replace('-s5', '') : undefined),
    beats: 'beats the LSTM',
  },
  walker: {
    ...DR,
    title: 'Four algorithms on the walker',
    about:
      'The recipes of the walker with their published sizes, 16 × 2048 steps an update, for a small part of the published budget. Equal gradient updates for all.',
    algorithms: ['paired', 'accel', 'robust-plr', 'dr'],
    updates: 60,
    score: 'meanReturn',
    blocks: [{ prefix: 'walker/test/', title: 'the six test grounds of ACCEL' }],
    variant: published('walker'),
    set: (updates) => ({
      'evaluation.suite': 'random:8',
      'evaluation.episodes': 1,
      'evaluation.every': tenth(updates),
      'evaluation.final': { suite: 'walker/test', episodes: 10 },
      'cuts.every': tenth(updates),
    }),
  },
  'small-walker': {
    ...DR,
    title: 'ACCEL and DR on the walker, small',
    about:
      'The quick recipes of the walker with episodes of up to 512 steps, a student of 32 units, 8 × 512 steps and five epochs of eight minibatches an update. Equal gradient updates for both; ACCEL plays more, since it learns from what it plays again alone.',
    algorithms: ['accel', 'dr'],
    updates: 140,
    score: 'meanReturn',
    blocks: [{ prefix: 'walker/test/', title: 'the six test grounds of ACCEL' }],
    variant: (algorithm) => ({
      config: recipe(`walker-${algorithm}-quick`),
      // Warm after eight cycles of new grounds.
      ...(algorithm === 'dr' ? {} : { set: { 'adversary.capacity': 128 } }),
    }),
    set: (updates) => ({
      'env.maxSteps': 512,
      'student.shards': 1,
      'student.rollout': { envs: 8, steps: 512 },
      'student.ppo.epochs': 5,
      'student.ppo.minibatches': 8,
      'evaluation.suite': 'random:8',
      'evaluation.every': 0,
      'evaluation.final': { suite: 'walker/test', episodes: 10 },
      'cuts.every': tenth(updates),
    }),
  },
  racing: {
    ...DR,
    title: 'Four algorithms on car racing',
    about:
      'The recipes of car racing with their published sizes, 16 × 125 steps of eight frames an update, for a small part of the published budget. Equal gradient updates for all.',
    algorithms: ['paired', 'accel', 'robust-plr', 'dr'],
    updates: 100,
    ...RACING,
    variant: published('racing'),
  },
  'small-racing': {
    ...DR,
    title: 'Algorithms on car racing, with small pictures',
    about:
      'The quick recipes of car racing with whole episodes: two grey pictures of 84 × 84, three convolutions, a student of 64 units with Beta actions, 16 × 125 steps of eight frames and four epochs an update. Equal gradient updates for all.',
    algorithms: ['accel', 'robust-plr', 'plr', 'dr'],
    updates: 100,
    ...RACING,
    variant: (algorithm) =>
      algorithm === 'robust-plr'
        ? { config: recipe('racing-plr-quick'), set: { 'adversary.id': 'robust-plr', ...WARM } }
        : {
            config: recipe(`racing-${algorithm}-quick`),
            set: algorithm === 'dr' || algorithm === 'paired' ? {} : WARM,
          },
    set: (updates) => ({
      ...RACING.set(updates),
      'env.maxSteps': 125,
      'student.network.hidden': 64,
      'student.network.headHidden': 64,
      'student.rollout': { envs: 16, steps: 125 },
      'student.ppo.epochs': 4,
      'student.ppo.minibatches': 4,
    }),
  },
}

/** The study as `agon sweep` takes it; JSON is YAML. */
export function sweepFile(
  name: string,
  { variant, set }: Family,
  algorithms: readonly string[],
  updates: number,
): string {
  const sweep = {
    name: `evidence-${name}`,
    set: { budget: { gradientUpdates: updates }, ...set(updates) },
    variants: Object.fromEntries(
      algorithms.map((algorithm) => [algorithm, variant(algorithm)] as const),
    ),
  }
  return `${JSON.stringify({ sweep }, null, 2)}\n`
}
