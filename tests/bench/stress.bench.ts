import type { BenchRow } from './row.ts'
import { benchEvaluationRate } from './stress/evaluation-rate.ts'
import { benchFrozenInference } from './stress/frozen-inference.ts'
import { searchRows } from './stress/search-rows.ts'

/** What a stress test costs: emitters and the grid, then the games of a frozen policy of TiZero's size. */
export async function benchStress({ brief }: { readonly brief: boolean }): Promise<BenchRow[]> {
  return [
    ...searchRows(brief),
    ...(await benchFrozenInference(brief)),
    ...(await benchEvaluationRate(brief)),
  ]
}
