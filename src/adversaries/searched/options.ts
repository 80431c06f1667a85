import { z } from 'zod'
import { emitterOption } from '../emitters/emitters.ts'
import { axisOf, axisOption, REFERENCE } from '../grid/axes.ts'
import type { GridSpec } from '../grid/contract.ts'
import { scores } from '../scores/scores.ts'

/** Of single students and single visits: a candidate is attempted by one, once. */
const SCORES = [...scores.values()]
  .filter(({ students, visits }) => students[0] <= 1 && visits === undefined)
  .map(({ id }) => id)

const seat = z.string().min(1).max(100)

const axes = z
  .array(axisOption)
  .max(6)
  .describe('What kinds of levels there are: one cell for each bin or category of all axes.')

/** Where there need be none: then the grid is a single cell. */
export const optionalAxes = axes.default([])

/** Options of every search over a grid of elites, as zod fields: each kind spreads them and overrides what is its own. */
export const searchOptions = {
  axes: axes.min(1),
  signal: z
    .enum(['cross-play', 'optimal', 'bound', ...SCORES] as [string, ...string[]])
    .default('max-mc')
    .describe(
      'How much a level is worth: by how much more references than the student get out of it in its seat (cross-play), how far its return stays below the level’s `optimal_return` (optimal) or below the most that the environment pays (bound), or a score of level buffers.',
    ),
  repeats: z
    .int()
    .min(1)
    .max(1000)
    .default(4)
    .describe('Attempts of each candidate, each a task with a seed of its own. Default 4.'),
  emitters: z
    .array(emitterOption)
    .min(1)
    .max(100)
    .default([{ kind: 'mutation', count: 1 }])
    .describe('Where candidates come from, each as often as the others.'),
  initial: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .describe('Levels of the generator that are attempted before emitters are asked.'),
  offset: z
    .number()
    .default(0)
    .describe('The least that the objective can be: taken from each elite’s in the QD score.'),
  train: z
    .boolean()
    .optional()
    .describe(
      'Whether the student may learn from the attempts; a frozen one never does. Absent: with the scores of level buffers.',
    ),
  autoReset: z
    .enum(['none', 'same-level'])
    .optional()
    .describe(
      'What follows an episode inside a rollout: nothing, or the same level again, which a student that fills whole rollouts (ppo) needs also where it does not learn. Absent: the same level where the student learns.',
    ),
  references: z
    .array(z.string().min(1).max(100))
    .max(1000)
    .default([])
    .describe('Policies that candidates are measured against, by their names under `policies`.'),
  against: z
    .enum(['one', 'all'])
    .default('one')
    .describe(
      'Whether a candidate meets one of the references, each having emitters of its own, or all of them, for one self-play.',
    ),
  referenceSeat: seat.default('left').describe('Where references sit in cross-play.'),
  targetSeat: seat.default('right').describe('Where the student sits then.'),
  target: seat
    .optional()
    .describe(
      'The student’s own policy by its name, to be seated as such: then what the reference’s seat got is read from the outcome; absent, it is what the student’s seat lost.',
    ),
}

export const searchSchema = z.strictObject(searchOptions)
export type SearchOptions = z.output<typeof searchSchema>

/** The grid that a config asks for; where references are met, they are its last axis if no other is. */
export function gridSpec({
  axes,
  signal,
  offset,
  references,
}: Pick<SearchOptions, 'axes' | 'signal' | 'offset' | 'references'>): GridSpec {
  const own = axes.map(axisOf)
  const met = signal === 'cross-play' && references.length > 0
  const named = own.some(({ name }) => name === REFERENCE)
  return {
    axes: met && !named ? [...own, { kind: 'category', name: REFERENCE, values: references }] : own,
    objective: signal,
    offset,
  }
}

/** Tasks that one candidate takes. */
export function tasksPerCandidate({
  signal,
  repeats,
  against,
  references,
}: Pick<SearchOptions, 'signal' | 'repeats' | 'against' | 'references'>): number {
  if (signal !== 'cross-play') return repeats
  return repeats * (1 + (against === 'all' ? references.length : 1))
}

/** Whether the student learns from what it attempts. */
export const trains = ({ train, signal }: Pick<SearchOptions, 'train' | 'signal'>): boolean =>
  train ?? SCORES.includes(signal)

/** What follows an episode of a candidate. */
export const followedBy = (
  options: Pick<SearchOptions, 'train' | 'signal' | 'autoReset'>,
): 'none' | 'same-level' => options.autoReset ?? (trains(options) ? 'same-level' : 'none')

export const repeatsLevels = (options: Parameters<typeof followedBy>[0]): boolean =>
  followedBy(options) === 'same-level'

/** Candidates that a student of `count` tasks attempts in a cycle: at least one. */
export const candidateCount = (count: number, each: number): number =>
  Math.max(1, Math.floor(count / each))

/** Where a student's tasks do not come out even. */
export function countNotes(each: number, count: number): readonly string[] {
  const given = candidateCount(count, each) * each
  return given === count
    ? []
    : [`${count} tasks of a cycle are taken as ${given}: a candidate takes ${each}`]
}
