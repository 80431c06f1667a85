import type { Presented } from '../../terminal/presented.ts'

/** What `agon compare` asks of the rest of Agon. */
export interface CompareServices {
  compare(dirs: readonly string[]): Promise<Presented>
}

export const compareServices = (): CompareServices => ({
  async compare(dirs) {
    const { comparisonToJson, compareRuns, formatComparison } = await import(
      '../../../views/compare/index.ts'
    )
    const comparison = await compareRuns(dirs)
    return { lines: formatComparison(comparison), json: comparisonToJson(comparison) }
  },
})
