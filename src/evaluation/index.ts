import '../core/require-node.ts'

export type {
  EvaluationReport,
  EvaluationRequest,
  Evaluator,
  LevelResult,
  Measured,
  MeasureResult,
  Recording,
} from './contract.ts'
export { probabilityOfImprovement } from './contrast.ts'
export { measurePolicy } from './evaluate.ts'
export type { EvaluatorOptions } from './evaluator.ts'
export { createEvaluator } from './evaluator.ts'
export { readLevels } from './levels-file.ts'
export type { Measurement } from './measurement.ts'
export { formatReport, reportToJson } from './report-text.ts'
export type { Aggregate, Interval, ScoreMatrix, Statistic } from './stats.ts'
export {
  aggregate,
  BOOTSTRAP_DRAWS,
  bootstrapInterval,
  interquartileMean,
  mean,
  optimalityGap,
  quantile,
  stratifiedBootstrapInterval,
} from './stats.ts'
