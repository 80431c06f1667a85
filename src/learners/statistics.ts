import type { StatisticName } from './contract.ts'

/** Every statistic that a student may offer, by the names of `EpisodeSummary`. */
export const STATISTICS = [
  'return',
  'length',
  'discountedReturn',
  'value0',
  'sumValue',
  'sumAdvantage',
  'sumAbsAdvantage',
  'sumPositiveAdvantage',
  'sumAbsTdError',
  'trainedSteps',
] as const satisfies readonly StatisticName[]
