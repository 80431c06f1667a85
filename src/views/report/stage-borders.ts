import type { MetricsRow } from '../../run/contract.ts'
import type { StageData } from './report-data.ts'

/** Where on the curves a stage begins that is not the first: the row before its own. */
export interface StageBorder {
  readonly row: number
  readonly name: string
}

export function stageBorders(
  rows: readonly MetricsRow[],
  stages: readonly Pick<StageData, 'name' | 'number'>[],
): readonly StageBorder[] {
  return rows.flatMap((row, i) => {
    if (i === 0 || row.stage === rows[i - 1].stage) return []
    const stage = stages.find(({ number }) => number === row.stage)
    return [{ row: i - 1, name: stage?.name ?? `stage ${row.stage}` }]
  })
}
