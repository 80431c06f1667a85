import { AgonError } from '../../core/errors.ts'
import type { EpisodeSummary, StatisticName } from '../../learners/contract.ts'
import { spelled } from '../../learners/statistics.ts'
import { regretScores } from './regret-scores.ts'
import type { LevelRecord, Score } from './score.ts'
import { learningSlope } from './slope.ts'

/** A number of one finished episode. */
type EpisodeValue = (episode: EpisodeSummary, level: LevelRecord) => number

export function statistic(
  episode: EpisodeSummary,
  name: StatisticName & keyof EpisodeSummary,
): number {
  const value = episode[name]
  if (value === undefined)
    throw new AgonError(
      'adversary/statistic-missing',
      `an episode summary lacks '${spelled(name)}'`,
      {
        remedy:
          'a student gives what it offers with every finished episode: send it, or do not offer it',
        fields: { statistic: spelled(name) },
      },
    )
  return value
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * A score of single students: its value per episode, the mean over a student's finished episodes, then the mean
 * over the students that finished one.
 */
function episodic(
  id: string,
  about: string,
  needs: readonly StatisticName[],
  value: EpisodeValue,
): Score {
  const evaluate = (level: LevelRecord): number => {
    const finished = level.students.filter((episodes) => episodes.length > 0)
    if (finished.length === 0) return Number.NEGATIVE_INFINITY
    return mean(finished.map((episodes) => mean(episodes.map((episode) => value(episode, level)))))
  }
  return { id, about, needs, students: [1, Number.POSITIVE_INFINITY], evaluate }
}

/** At least 0: a regret below it is rounding. −∞ stays. */
const clipped = (score: Score): Score => ({
  ...score,
  evaluate(level) {
    const value = score.evaluate(level)
    return value === Number.NEGATIVE_INFINITY ? value : Math.max(0, value)
  },
})

const perStep =
  (name: StatisticName): EpisodeValue =>
  (episode) =>
    statistic(episode, name) / episode.length

const maxMonteCarlo: EpisodeValue = (episode, level) =>
  level.maxReturn - statistic(episode, 'sumValue') / episode.length

/** Mean |δ| without the last step; an episode of one step has only that step: |r − V| (dcd). */
const oneStepTd: EpisodeValue = (episode) =>
  episode.length > 1
    ? statistic(episode, 'sumAbsTdError') / (episode.length - 1)
    : Math.abs(episode.return - statistic(episode, 'value0'))

/**
 * V* − discounted return, with V* = γ^(n−1)·R from the level features `optimal_return` (R, the best undiscounted return,
 * paid at the end) and `min_actions` (n, the steps it takes). Levels with the feature `passable` = 0 have V* = 0.
 */
const perfectRegret: EpisodeValue = (episode, { features, discount = 1 }) => {
  const achieved = statistic(episode, 'discountedReturn')
  const { optimal_return: best, min_actions: steps, passable } = features
  if (best !== undefined && steps !== undefined) return discount ** (steps - 1) * best - achieved
  if (passable === 0) return -achieved
  throw new AgonError(
    'adversary/feature-missing',
    'perfect-regret needs the level features optimal_return and min_actions, which the environment does not give',
    { remedy: 'choose another score, such as max-mc', fields: { offered: Object.keys(features) } },
  )
}

const LIST: readonly Score[] = [
  episodic('return', 'Mean return.', ['return'], (episode) => episode.return),
  episodic('negative-return', 'Minus the mean return.', ['return'], (episode) => -episode.return),
  episodic(
    'l1-value-loss',
    'Mean |GAE advantage| (the first PLR).',
    ['length', 'sumAbsAdvantage'],
    perStep('sumAbsAdvantage'),
  ),
  episodic(
    'positive-value-loss',
    'Mean of the positive part of the GAE advantage (PVL).',
    ['length', 'sumPositiveAdvantage'],
    perStep('sumPositiveAdvantage'),
  ),
  episodic(
    'signed-value-loss',
    'Mean GAE advantage.',
    ['length', 'sumAdvantage'],
    perStep('sumAdvantage'),
  ),
  episodic(
    'max-mc',
    'Highest return ever seen on the level minus the mean value (MaxMC); may be negative.',
    ['return', 'length', 'sumValue'],
    maxMonteCarlo,
  ),
  episodic(
    'grounded-signed',
    'Grounded signed value loss of dcd: the same number as max-mc.',
    ['return', 'length', 'sumValue'],
    maxMonteCarlo,
  ),
  episodic(
    'grounded-positive',
    'Positive part of highest return minus first value (dcd, form for dense rewards).',
    ['return', 'value0'],
    (episode, level) => Math.max(0, level.maxReturn - statistic(episode, 'value0')),
  ),
  episodic(
    'one-step-td',
    'Mean |one-step TD error| without the last step.',
    ['return', 'length', 'value0', 'sumAbsTdError'],
    oneStepTd,
  ),
  {
    ...clipped(
      episodic(
        'perfect-regret',
        'Optimal discounted return of the level minus the mean discounted return, at least 0.',
        ['discountedReturn'],
        perfectRegret,
      ),
    ),
    needsDiscount: true,
  },
  episodic(
    'policy-entropy',
    'Mean entropy of the policy as a share of the greatest possible one.',
    ['length', 'sumEntropy'],
    perStep('sumEntropy'),
  ),
  episodic(
    'least-confidence',
    'Mean of 1 minus the largest probability of an action.',
    ['length', 'sumLeastConfidence'],
    perStep('sumLeastConfidence'),
  ),
  episodic(
    'min-margin',
    'Mean of 1 minus the margin between the two largest probabilities of actions.',
    ['length', 'sumMinMargin'],
    perStep('sumMinMargin'),
  ),
  episodic(
    'value-disagreement',
    'Mean deviation of what several critics of the student say.',
    ['length', 'sumValueDeviation'],
    perStep('sumValueDeviation'),
  ),
  learningSlope,
  episodic('random', 'A fresh uniform draw.', [], (_, level) => level.draw),
  episodic('uniform', 'Always 1.', [], () => 1),
  ...regretScores,
]

/** Every score by its id. */
export const scores: ReadonlyMap<string, Score> = new Map(LIST.map((score) => [score.id, score]))

export const scoreIds: readonly string[] = LIST.map(({ id }) => id)
