import type { Axis, EliteGrid } from './contract.ts'

export const sizeOf = (axis: Axis): number =>
  axis.kind === 'number' ? axis.bins : axis.values.length

export function createGrid(axes: readonly Axis[]): EliteGrid {
  const shape = axes.map(sizeOf)
  const cells = shape.reduce((product, size) => product * size, 1)
  const objectives = new Float64Array(cells).fill(Number.NEGATIVE_INFINITY)
  return { axes, shape, objectives, elites: new Array(cells), filled: [] }
}

/** The cell with these indices, in row-major order. */
export function flatCell({ shape }: Pick<EliteGrid, 'shape'>, cell: readonly number[]): number {
  let flat = 0
  for (let axis = 0; axis < shape.length; axis++) flat = flat * shape[axis] + cell[axis]
  return flat
}

/** Its indices, again. */
export function indicesOf({ shape }: Pick<EliteGrid, 'shape'>, flat: number): number[] {
  const indices = new Array<number>(shape.length)
  let rest = flat
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    indices[axis] = rest % shape[axis]
    rest = Math.floor(rest / shape[axis])
  }
  return indices
}
