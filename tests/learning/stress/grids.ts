import type { HistoryLine } from './searches.ts'

export const REFERENCES = ['hard', 'medium', 'passer'] as const
/** Cells of a reference. */
export const CELLS = 160
export const [COLUMNS, ROWS] = [20, 8]
/** Evaluations between two points of a curve. */
const STRIDE = 48

/** The best attempt of each cell, by `column,row,reference`, as a grid keeps them. */
export function elitesOf(history: readonly HistoryLine[]): ReadonlyMap<string, HistoryLine> {
  const best = new Map<string, HistoryLine>()
  for (const line of history) take(best, line)
  return best
}

function take(best: Map<string, HistoryLine>, line: HistoryLine): void {
  if (line.cell === null || line.objective === null) return
  const key = line.cell.join()
  const kept = best.get(key)
  if (kept === undefined || line.objective > (kept.objective ?? 0)) best.set(key, line)
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const objectives = (lines: Iterable<HistoryLine>): number[] =>
  [...lines].map(({ objective }) => objective ?? 0)

/** What one search came to. */
export interface Archive {
  /** Mean regret of the elites over cells and references. */
  readonly mean: number
  /** Mean regret of all attempts. */
  readonly attempted: number
  /** By reference: filled cells, and the mean of their elites. */
  readonly references: Readonly<Record<string, { readonly cells: number; readonly mean: number }>>
  /** Mean regret of the elites every {@link STRIDE} evaluations. */
  readonly curve: readonly number[]
  /** Of random search: the mean of all attempts so far instead. */
  readonly plain: readonly number[]
  readonly evaluations: number
}

export function archiveOf(history: readonly HistoryLine[]): Archive {
  const best = new Map<string, HistoryLine>()
  const [curve, plain]: [number[], number[]] = [[], []]
  let [sum, count] = [0, 0]
  for (const [i, line] of history.entries()) {
    take(best, line)
    if (line.objective !== null) {
      sum += line.objective
      count++
    }
    if ((i + 1) % STRIDE !== 0) continue
    curve.push(mean(objectives(best.values())))
    plain.push(sum / count)
  }
  const of = (reference: number) =>
    [...best].flatMap(([key, line]) => (key.split(',')[2] === String(reference) ? [line] : []))
  return {
    mean: mean(objectives(best.values())),
    attempted: sum / count,
    references: Object.fromEntries(
      REFERENCES.map((name, i) => [name, { cells: of(i).length, mean: mean(objectives(of(i))) }]),
    ),
    ...{ curve, plain, evaluations: history.length },
  }
}

/** Mean over searches of the regret in each cell of a reference, row after row; null where none has an elite. */
export function heatOf(
  searches: readonly (readonly HistoryLine[])[],
  reference: number,
): readonly (number | null)[] {
  const grids = searches.map(elitesOf)
  return Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const key = [i % COLUMNS, Math.floor(i / COLUMNS), reference].join()
    const found = grids.flatMap((grid) => grid.get(key)?.objective ?? [])
    return found.length === 0 ? null : mean(found)
  })
}
