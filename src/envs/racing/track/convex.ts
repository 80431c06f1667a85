import type { Shapes } from './contract.ts'

type Corner = readonly [x: number, y: number]

/** The convex hull of some corners, counter-clockwise; fewer than three where they lie on one line. */
export function hullOf(corners: readonly Corner[]): readonly Corner[] {
  const sorted = [...corners].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (all: readonly Corner[]): Corner[] => {
    const kept: Corner[] = []
    for (const corner of all) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], corner) <= 0)
        kept.pop()
      kept.push(corner)
    }
    return kept.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

/** Twice the area of a triangle, above 0 where it goes counter-clockwise. */
const turn = (a: Corner, b: Corner, c: Corner): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** @param hulls of 3 or 4 corners each */
export function shapesOf(hulls: readonly (readonly Corner[])[]): Shapes {
  const count = hulls.length
  const corners = new Float64Array(8 * count)
  const circles = new Float64Array(3 * count)
  for (const [i, hull] of hulls.entries()) {
    corners.set(hull.flat(), 8 * i)
    const x = hull.reduce((sum, corner) => sum + corner[0], 0) / hull.length
    const y = hull.reduce((sum, corner) => sum + corner[1], 0) / hull.length
    circles.set([x, y, Math.max(...hull.map((to) => Math.hypot(to[0] - x, to[1] - y)))], 3 * i)
  }
  return { count, corners, sides: Uint8Array.from(hulls, (hull) => hull.length), circles }
}
