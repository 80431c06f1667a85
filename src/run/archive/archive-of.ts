import type { GridSpec } from '../../adversaries/grid/contract.ts'
import { createGrid, flatCell } from '../../adversaries/grid/elite-grid.ts'
import { foldAttempt } from '../../adversaries/grid/insertion.ts'
import { gridFigures } from '../../adversaries/grid/metrics.ts'
import type { HistoryRow } from '../history/contract.ts'
import type { ArchiveElite, ArchiveFile } from './contract.ts'

/** What a history has come to. */
export interface FoundArchive {
  readonly file: ArchiveFile
  /** The rows of its elites, in their order. */
  readonly rows: readonly HistoryRow[]
}

/** The fold of a history, which is what the search itself has. */
export function archiveOf(
  { axes, objective, offset }: GridSpec,
  history: Iterable<HistoryRow>,
): FoundArchive {
  const grid = createGrid(axes)
  const standing = new Map<number, HistoryRow>()
  let [attempts, scored] = [0, 0]
  for (const row of history) {
    attempts += 1
    if (row.objective !== null) scored += 1
    const status = foldAttempt(grid, row)
    if ((status === 'new' || status === 'better') && row.cell !== null)
      standing.set(flatCell(grid, row.cell), row)
  }
  const rows = [...standing].sort(([a], [b]) => a - b).map(([, row]) => row)
  const { cells: filled, coverage, qdScore, mean = null, max = null } = gridFigures(grid, offset)
  return {
    rows,
    file: {
      ...{ format: 1, objective, axes, attempts, scored },
      ...{ cells: grid.objectives.length, filled, coverage, qdScore, offset, mean, max },
      elites: rows.map(eliteOf),
    },
  }
}

const eliteOf = (row: HistoryRow): ArchiveElite => ({
  cell: row.cell ?? [],
  id: row.id,
  objective: row.objective ?? 0,
  values: row.values,
  descriptor: row.descriptor,
  cycle: row.cycle,
  emitter: row.emitter,
  operator: row.operator,
  parents: row.parents,
  status: row.status,
  returns: row.tasks.map((task) => task.return),
  level: `levels/${fileName(row.id)}.txt`,
})

/** An adversary of another program names its levels as it likes. */
const fileName = (id: string): string => id.replace(/[^A-Za-z0-9_-]/g, '_')
