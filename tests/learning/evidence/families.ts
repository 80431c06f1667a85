import { join } from 'node:path'
import { ROOT } from '../train.ts'

/** Levels of one kind: those whose names begin so. */
export interface Block {
  readonly prefix: string
  readonly title: string
}

/** One domain of the study: who takes part, how long, and what they are measured on. */
export interface Family {
  readonly about: string
  /** The slowest first, so that none of them ends alone. */
  readonly algorithms: readonly string[]
  /** Gradient updates of a student. */
  readonly updates: number
  /** What is compared. */
  readonly score: 'solvedRate' | 'meanReturn'
  readonly blocks: readonly Block[]
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

export const FAMILIES: Readonly<Record<string, Family>> = {
  maze: {
    about:
      'The quick recipes: 7 × 7 mazes, a student of 64 units, 32 × 128 steps an update. Equal gradient updates for all.',
    algorithms: ['paired', 'accel', 'robust-plr', 'dr'],
    updates: 400,
    score: 'solvedRate',
    blocks: [
      { prefix: 'maze/minimax-report/', title: 'the twelve held-out mazes of the minimax report' },
      { prefix: 'random:100/', title: '100 held-out random mazes of the training size' },
    ],
    variant: (algorithm) => ({ config: recipe(`maze-${algorithm}-quick`) }),
    set: (updates) => ({
      // ACCEL begins without walls; all are measured on mazes as domain randomisation makes them.
      'evaluation.env': { nWalls: 12 },
      'evaluation.suite': 'random:100',
      'evaluation.every': tenth(updates),
      'evaluation.final': { suite: 'random:100 + maze/minimax-report', episodes: 10 },
      'cuts.every': tenth(updates),
    }),
  },
  walker: {
    about:
      'The recipes of the walker with their published sizes, 16 × 2048 steps an update, for a small part of the published budget. Equal gradient updates for all.',
    algorithms: ['paired', 'accel', 'robust-plr', 'dr'],
    updates: 60,
    score: 'meanReturn',
    blocks: [{ prefix: 'walker/test/', title: 'the six test grounds of ACCEL' }],
    variant: (algorithm) =>
      algorithm === 'robust-plr'
        ? { config: recipe('walker-plr'), set: { 'adversary.id': 'robust-plr' } }
        : { config: recipe(`walker-${algorithm}`) },
    set: (updates) => ({
      'evaluation.suite': 'random:8',
      'evaluation.episodes': 1,
      'evaluation.every': tenth(updates),
      'evaluation.final': { suite: 'walker/test', episodes: 10 },
      'cuts.every': tenth(updates),
    }),
  },
  racing: {
    about:
      'The recipes of car racing with their published sizes, 16 × 125 steps of eight frames an update, for a small part of the published budget. Equal gradient updates for all.',
    algorithms: ['paired', 'accel', 'robust-plr', 'dr'],
    updates: 100,
    score: 'meanReturn',
    blocks: [
      { prefix: 'racing/held-out/', title: 'twenty held-out tracks' },
      { prefix: 'racing/gymnasium/', title: 'the track of Gymnasium' },
    ],
    variant: (algorithm) =>
      algorithm === 'robust-plr'
        ? { config: recipe('racing-plr'), set: { 'adversary.id': 'robust-plr' } }
        : { config: recipe(`racing-${algorithm}`) },
    set: (updates) => ({
      'evaluation.suite': 'racing/gymnasium',
      'evaluation.episodes': 5,
      'evaluation.every': tenth(updates),
      'evaluation.final': { suite: 'racing/held-out + racing/gymnasium', episodes: 5 },
      'cuts.every': tenth(updates),
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
