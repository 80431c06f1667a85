import type { EpisodeSummary } from '../../learners/contract.ts'
import type { LevelRecord, Score } from './score.ts'

/**
 * Scores that compare students on the same level (PAIRED: Dennis et al. 2020; flexible PAIRED: dcd). A student without
 * a finished episode counts as return 0; −∞ where no student has one. Student 0 is the protagonist, 1 the antagonist.
 */

/** Highest and mean return of one student's finished episodes. */
interface Returns {
  readonly max: number
  readonly mean: number
}

function returnsOf(episodes: readonly EpisodeSummary[]): Returns {
  if (episodes.length === 0) return { max: 0, mean: 0 }
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const episode of episodes) {
    max = Math.max(max, episode.return)
    sum += episode.return
  }
  return { max, mean: sum / episodes.length }
}

function compared(
  id: string,
  about: string,
  students: readonly [number, number],
  value: (returns: readonly Returns[]) => number,
): Score {
  const evaluate = (level: LevelRecord): number =>
    level.students.some((episodes) => episodes.length > 0)
      ? value(level.students.map(returnsOf))
      : Number.NEGATIVE_INFINITY
  return { id, about, needs: ['return'], students, evaluate }
}

function flexible([first, second]: readonly Returns[]): number {
  // Ties make the first student the antagonist.
  const [antagonist, protagonist] = first.max >= second.max ? [first, second] : [second, first]
  return Math.max(0, antagonist.max - protagonist.mean)
}

export const regretScores: readonly Score[] = [
  compared(
    'relative-regret',
    "The antagonist's highest minus the protagonist's mean return, at least 0 (PAIRED).",
    [2, 2],
    ([protagonist, antagonist]) => Math.max(0, antagonist.max - protagonist.mean),
  ),
  compared(
    'relative-regret-unclipped',
    "The antagonist's highest minus the protagonist's mean return, also below 0 (JaxUED).",
    [2, 2],
    ([protagonist, antagonist]) => antagonist.max - protagonist.mean,
  ),
  compared(
    'mean-relative',
    "The antagonist's minus the protagonist's mean return, at least 0.",
    [2, 2],
    ([protagonist, antagonist]) => Math.max(0, antagonist.mean - protagonist.mean),
  ),
  compared(
    'population-regret',
    'Highest return of any student minus the mean over students of their means.',
    [2, Number.POSITIVE_INFINITY],
    (returns) =>
      Math.max(...returns.map(({ max }) => max)) -
      returns.reduce((sum, { mean }) => sum + mean, 0) / returns.length,
  ),
  compared(
    'flexible-regret',
    "The better student's highest minus the other's mean return, at least 0.",
    [2, 2],
    flexible,
  ),
  compared(
    'minimax',
    'Minus the highest return of any student.',
    [1, Number.POSITIVE_INFINITY],
    (returns) => -Math.max(...returns.map(({ max }) => max)),
  ),
]
