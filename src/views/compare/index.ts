export { compareRuns } from './compare-runs.ts'
export type { ComparedRun, Comparison, Estimate, Group } from './comparison.ts'
export { comparisonToJson, formatComparison } from './format-comparison.ts'
