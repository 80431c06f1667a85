export { compareRuns } from './compare-runs.ts'
export { type PresentedComparison, presentComparison } from './present-comparison.ts'
export { writeComparison } from './write-comparison.ts'
