import { compareRuns } from './compare-runs.ts'
import { comparisonToCsv } from './comparison-csv.ts'
import { comparisonToJson } from './comparison-json.ts'
import { comparisonPage } from './comparison-page.ts'
import { formatComparison } from './format-comparison.ts'

/** A comparison in every form that it is shown in. */
export interface PresentedComparison {
  readonly lines: readonly string[]
  readonly json: ReturnType<typeof comparisonToJson>
  /** One self-contained HTML file. */
  page(): string
  csv(): string
}

/** @throws AgonError what {@link compareRuns} throws */
export async function presentComparison(dirs: readonly string[]): Promise<PresentedComparison> {
  const comparison = await compareRuns(dirs)
  return {
    lines: formatComparison(comparison),
    json: comparisonToJson(comparison),
    page: () => comparisonPage(comparison),
    csv: () => comparisonToCsv(comparison),
  }
}
