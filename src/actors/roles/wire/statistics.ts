import { AgonError } from '../../../core/errors.ts'
import type { StatisticName } from '../../../learners/contract.ts'
import { readStatistic } from '../../../learners/statistics.ts'

/** There are fewer; a longer list says some of them twice. */
const MOST_NAMES = 100

/** What an actor offers or needs. @throws AgonError `wire/body`, and `actor/statistic` with the right spelling */
export function readStatistics(names: readonly string[], field: string): StatisticName[] {
  if (names.length <= MOST_NAMES) return names.map(readStatistic)
  throw new AgonError('wire/body', `${field} has ${names.length} names; at most ${MOST_NAMES}`)
}
