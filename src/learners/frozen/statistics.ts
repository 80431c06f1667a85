import type { EpisodeSummary, StatisticName } from '../contract.ts'
import { COMMON_NAMES, STATISTIC_NAMES } from '../statistics.ts'

/** What can be known of an episode without a critic. */
const PLAIN: readonly StatisticName[] = ['return', 'length']

export const offeredStatistics = (critic: boolean): readonly StatisticName[] =>
  critic ? COMMON_NAMES : PLAIN

/** The summary without what only a critic could say: absent is not zero. */
export function plainSummary(summary: EpisodeSummary): EpisodeSummary {
  const unknown = STATISTIC_NAMES.filter((name) => !PLAIN.includes(name))
  return Object.fromEntries(
    Object.entries(summary).filter(([name]) => !unknown.includes(name as StatisticName)),
  ) as unknown as EpisodeSummary
}
