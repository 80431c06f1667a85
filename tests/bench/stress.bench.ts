import type { BenchRow } from './row.ts'
import { searchRows } from './stress/search-rows.ts'

/** What a search costs beside the games that it asks for: emitters and the grid. */
export function benchStress({ brief }: { readonly brief: boolean }): BenchRow[] {
  return searchRows(brief)
}
