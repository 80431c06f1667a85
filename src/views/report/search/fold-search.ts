import type { Attempt, GridSpec } from '../../../adversaries/grid/contract.ts'
import { createGrid, flatCell } from '../../../adversaries/grid/elite-grid.ts'
import { foldAttempt } from '../../../adversaries/grid/insertion.ts'
import { figuresByAxis, gridFigures } from '../../../adversaries/grid/metrics.ts'
import type { Ancestor, FoundElite, FoundSearch } from './contract.ts'

/** What the page reads of a row of a history. */
export type SearchRow = Omit<Attempt, 'status'> & { readonly cycle: number }

interface Known {
  readonly operator: string
  readonly objective: number | null
  readonly parent: string | undefined
}

/** More would not fit on the page. */
const MOST_ANCESTORS = 24

/** What a search has come to, from its attempts in their order. One of them is held at a time, but for the elites. */
export function foldSearch(spec: GridSpec, rows: Iterable<SearchRow>): FoundSearch {
  const { axes, offset } = spec
  const grid = createGrid(axes)
  const standing = new Map<number, SearchRow>()
  const known = new Map<string, Known>()
  let [attempts, scored] = [0, 0]
  for (const row of rows) {
    attempts++
    if (row.objective !== null) scored++
    const { id, operator, objective, parents, cell } = row
    known.set(id, { operator, objective, parent: parents[0] })
    const status = foldAttempt(grid, row)
    if (cell !== null && (status === 'new' || status === 'better'))
      standing.set(flatCell(grid, cell), row)
  }
  const elites = [...standing]
    .sort(([a], [b]) => grid.objectives[b] - grid.objectives[a] || a - b)
    .map(([, row]) => eliteOf(row, known))
  return {
    ...{ attempts, scored, elites, cells: grid.objectives.length },
    figures: gridFigures(grid, offset),
    parts: axes.flatMap((axis, index) =>
      axis.kind === 'number'
        ? []
        : {
            axis: axis.name,
            rows: figuresByAxis(grid, index, offset).map((figures, i) => ({
              name: axis.values[i],
              figures,
            })),
          },
    ),
  }
}

function eliteOf(row: SearchRow, known: ReadonlyMap<string, Known>): FoundElite {
  const { id, cell, objective, values, descriptor, cycle, emitter, level } = row
  return {
    ...{ id, values, descriptor, cycle, emitter, level },
    cell: cell ?? [],
    objective: objective ?? 0,
    lineage: lineageOf(id, known),
    returns: row.tasks.map((task) => task.return),
  }
}

function lineageOf(id: string, known: ReadonlyMap<string, Known>): readonly Ancestor[] {
  const line: Ancestor[] = []
  for (let at: string | undefined = id; at !== undefined && line.length < MOST_ANCESTORS; ) {
    const found: Known | undefined = known.get(at)
    if (found === undefined) break
    line.push({ id: at, operator: found.operator, objective: found.objective })
    at = found.parent
  }
  return line
}
