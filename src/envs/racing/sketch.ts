/** Cells to a side of the grid on which dcd's teacher draws control points. */
export const SKETCH_SIDE = 10
export const SKETCH_CELLS = SKETCH_SIDE * SKETCH_SIDE

/** The control point of a cell, which go row by row: 0.1 to 1, never 0, as in dcd. */
export function cellPoint(cell: number): readonly [x: number, y: number] {
  return [
    ((cell % SKETCH_SIDE) + 1) / SKETCH_SIDE,
    (Math.floor(cell / SKETCH_SIDE) + 1) / SKETCH_SIDE,
  ]
}
