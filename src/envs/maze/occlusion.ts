import { UNSEEN, WALL } from './cell-code.ts'

/**
 * MiniGrid's visibility mask (`Grid.process_vis`): light spreads from the agent's cell at the bottom centre row by row,
 * to both sides along a row and from there straight and diagonally ahead, and stops in walls, which are seen.
 * Hidden cells of `square`, codes `[view, view]` row by row, become unseen; `lit`, of the same size, is scratch.
 */
export function hideBehindWalls(square: Uint8Array, lit: Uint8Array, view: number): void {
  lit.fill(0)
  lit[(view - 1) * view + (view >> 1)] = 1
  for (let row = view - 1; row >= 0; row--) {
    for (let column = 0; column < view - 1; column++) spread(square, lit, view, row, column, 1)
    for (let column = view - 1; column > 0; column--) spread(square, lit, view, row, column, -1)
  }
  for (let i = 0; i < square.length; i++) if (lit[i] === 0) square[i] = UNSEEN
}

function spread(
  square: Uint8Array,
  lit: Uint8Array,
  view: number,
  row: number,
  column: number,
  side: number,
): void {
  const at = row * view + column
  if (lit[at] === 0 || square[at] === WALL) return
  lit[at + side] = 1
  if (row === 0) return
  lit[at - view] = 1
  lit[at - view + side] = 1
}
