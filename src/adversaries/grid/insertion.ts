import type { Attempt, AttemptStatus, Axis, Elite, EliteGrid } from './contract.ts'
import { createGrid, flatCell } from './elite-grid.ts'

/**
 * Puts an elite where its cell is empty, or where it is strictly better than the one there: of equals the first stays.
 * @param objective finite
 */
export function insertElite(grid: EliteGrid, cell: number, elite: Elite): AttemptStatus {
  const before = grid.objectives[cell]
  if (!(elite.objective > before)) return 'kept-out'
  grid.objectives[cell] = elite.objective
  grid.elites[cell] = elite
  if (before !== Number.NEGATIVE_INFINITY) return 'better'
  grid.filled.push(cell)
  return 'new'
}

/** What an attempt would become in the grid as it is, without its being put there. */
export function statusIn(
  grid: EliteGrid,
  cell: readonly number[] | null,
  objective: number | null,
): AttemptStatus {
  if (cell === null || objective === null) return 'unscored'
  const before = grid.objectives[flatCell(grid, cell)]
  if (before === Number.NEGATIVE_INFINITY) return 'new'
  return objective > before ? 'better' : 'kept-out'
}

/** Takes an attempt in: by its verdict where it has one, else by its objective. */
export function foldAttempt(
  grid: EliteGrid,
  { id, level, objective, cell, operator, parents, prompt }: Omit<Attempt, 'status'>,
): AttemptStatus {
  if (cell === null || objective === null) return 'unscored'
  const elite = { id, level, objective, operator, parents }
  if (prompt === undefined) return insertElite(grid, flatCell(grid, cell), elite)
  if (prompt.verdict !== 'first' && prompt.verdict !== 'replaced') return 'kept-out'
  return placeElite(grid, flatCell(grid, cell), elite)
}

/** Puts an elite in its cell, whoever stands there. */
function placeElite(grid: EliteGrid, cell: number, elite: Elite): AttemptStatus {
  const empty = grid.elites[cell] === undefined
  grid.objectives[cell] = elite.objective
  grid.elites[cell] = elite
  if (empty) grid.filled.push(cell)
  return empty ? 'new' : 'better'
}

/** The grid after these attempts, in their order: what the search itself has. */
export function gridOf(axes: readonly Axis[], attempts: Iterable<Omit<Attempt, 'status'>>) {
  const grid = createGrid(axes)
  for (const attempt of attempts) foldAttempt(grid, attempt)
  return grid
}
