import type { RandomStream } from '../../core/random.ts'

/**
 * Uniform over the cells that are neither wall nor `a` nor `b` (−1 excludes nothing); −1 if there is none.
 * One draw, whatever the map.
 */
export function drawFreeCell(walls: Uint8Array, stream: RandomStream, a = -1, b = -1): number {
  let free = 0
  for (let i = 0; i < walls.length; i++) if (walls[i] === 0 && i !== a && i !== b) free++
  if (free === 0) return -1
  let rank = stream.integer(free)
  for (let i = 0; i < walls.length; i++) {
    if (walls[i] !== 0 || i === a || i === b) continue
    if (rank === 0) return i
    rank--
  }
  return -1
}

/** Uniform over all cells but `a` and `b`, which differ; −1 if there is none. */
export function drawOtherCell(cells: number, stream: RandomStream, a: number, b: number): number {
  if (cells <= 2) return -1
  const first = Math.min(a, b)
  const second = Math.max(a, b)
  let cell = stream.integer(cells - 2)
  if (cell >= first) cell++
  if (cell >= second) cell++
  return cell
}
