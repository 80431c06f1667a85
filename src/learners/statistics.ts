import { AgonError } from '../core/errors.ts'
import { suggestion } from '../core/nearest.ts'
import type { StatisticName } from './contract.ts'

/**
 * How statistics are spelled wherever they are said: on the wire, in messages, in docs and in Python, as the fields of
 * agon.v1.EpisodeSummary. Here alone they have the names of properties.
 */
const SPELLED = {
  return: 'return',
  length: 'length',
  discountedReturn: 'discounted_return',
  value0: 'value0',
  sumValue: 'sum_value',
  sumAdvantage: 'sum_advantage',
  sumAbsAdvantage: 'sum_abs_advantage',
  sumPositiveAdvantage: 'sum_positive_advantage',
  sumAbsTdError: 'sum_abs_td_error',
  trainedSteps: 'trained_steps',
  sumEntropy: 'sum_entropy',
  sumLeastConfidence: 'sum_least_confidence',
  sumMinMargin: 'sum_min_margin',
  sumValueDeviation: 'sum_value_deviation',
} as const satisfies Readonly<Record<StatisticName, string>>

/** Every statistic that a student may offer, by the names of `EpisodeSummary`. */
export const STATISTIC_NAMES = Object.keys(SPELLED) as readonly StatisticName[]

/** Those of how undecided a policy was: of choices alone, and only where they are asked for. */
export const UNCERTAINTY_NAMES = ['sumEntropy', 'sumLeastConfidence', 'sumMinMargin'] as const

/** Those of how far several critics are apart. */
export const DISAGREEMENT_NAMES = ['sumValueDeviation'] as const

/** Those that need nothing but rewards, values and a train mask. */
export const COMMON_NAMES = STATISTIC_NAMES.filter(
  (name) => ![...UNCERTAINTY_NAMES, ...DISAGREEMENT_NAMES].some((other) => other === name),
)

/** All of them, as they are spelled. */
export const STATISTICS: readonly string[] = Object.values(SPELLED)

export const spelled = (name: StatisticName): string => SPELLED[name] ?? name

/**
 * The statistic that is spelled so. The JSON name of its field, `sumValue`, is taken for the same.
 * @throws AgonError `actor/statistic` with the right spelling
 */
export function readStatistic(text: string): StatisticName {
  const found = STATISTIC_NAMES.find((name) => SPELLED[name] === text || name === text)
  if (found !== undefined) return found
  const plain = (word: string): string => word.replace(/[-_ ]/g, '').toLowerCase()
  const meant = STATISTICS.find((name) => plain(name) === plain(text))
  throw new AgonError('actor/statistic', `'${text}' is no statistic`, {
    remedy: meant === undefined ? suggestion(text, STATISTICS) : `write '${meant}'`,
  })
}
