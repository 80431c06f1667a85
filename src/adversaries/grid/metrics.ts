import type { Metrics } from '../../learners/contract.ts'
import type { EliteGrid, GridFigures } from './contract.ts'
import { indicesOf, sizeOf } from './elite-grid.ts'

/** @param offset the least that an objective can be, so that no elite takes from the score */
export function gridFigures(
  { objectives, filled }: Pick<EliteGrid, 'objectives' | 'filled'>,
  offset: number,
): GridFigures {
  return figuresOf(objectives, filled, objectives.length, offset)
}

/** The same for each bin or category of one axis, in its order. */
export function figuresByAxis(grid: EliteGrid, axis: number, offset: number): GridFigures[] {
  const size = sizeOf(grid.axes[axis])
  const parts = Array.from({ length: size }, (): number[] => [])
  for (const cell of grid.filled) parts[indicesOf(grid, cell)[axis]].push(cell)
  return parts.map((cells) =>
    figuresOf(grid.objectives, cells, grid.objectives.length / size, offset),
  )
}

function figuresOf(
  objectives: Float64Array,
  filled: readonly number[],
  cells: number,
  offset: number,
): GridFigures {
  let [sum, max] = [0, Number.NEGATIVE_INFINITY]
  for (const cell of filled) {
    sum += objectives[cell]
    max = Math.max(max, objectives[cell])
  }
  const { length } = filled
  const found = { cells: length, coverage: length / cells, qdScore: sum - offset * length }
  return length === 0 ? found : { ...found, mean: sum / length, max }
}

/** As metrics of a cycle: `grid_coverage`, …; of the named axis of categories also `grid_mean_<category>`. */
export function gridMetrics(grid: EliteGrid, offset: number, byAxis: string): Metrics {
  const { cells, coverage, qdScore, mean, max } = gridFigures(grid, offset)
  const axis = grid.axes.findIndex(({ name, kind }) => kind === 'category' && name === byAxis)
  const parts = axis < 0 ? [] : figuresByAxis(grid, axis, offset)
  return {
    ...{ grid_cells: cells, grid_coverage: coverage, grid_qd_score: qdScore },
    ...(mean === undefined || max === undefined ? {} : { grid_mean: mean, grid_max: max }),
    ...Object.fromEntries(
      parts.flatMap((part, i) =>
        part.mean === undefined ? [] : [[`grid_mean_${categoryName(grid, axis, i)}`, part.mean]],
      ),
    ),
  }
}

function categoryName({ axes }: EliteGrid, axis: number, index: number): string {
  const found = axes[axis]
  const name = found.kind === 'category' ? found.values[index] : String(index)
  return name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()
}
