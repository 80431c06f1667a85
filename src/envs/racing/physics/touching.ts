import type { Shapes } from '../track/contract.ts'

/** Between two shapes that Box2D still calls touching: both have a skin. */
const SKIN = 0.02

/**
 * Whether a rectangle touches shape `index`: no side of either parts them.
 * @param corners float64 `[4, 2]`, counter-clockwise
 */
export function touches(shapes: Shapes, index: number, corners: Float64Array): boolean {
  const sides = shapes.sides[index]
  return (
    !parted(corners, 0, 4, shapes.corners, 8 * index, sides) &&
    !parted(shapes.corners, 8 * index, sides, corners, 0, 4)
  )
}

/** Whether all corners of b lie outside of one side of a. */
function parted(
  a: Float64Array,
  aAt: number,
  aSides: number,
  b: Float64Array,
  bAt: number,
  bSides: number,
): boolean {
  for (let i = 0; i < aSides; i++) {
    const from = aAt + 2 * i
    const to = aAt + 2 * (i + 1 === aSides ? 0 : i + 1)
    const normalX = a[to + 1] - a[from + 1]
    const normalY = a[from] - a[to]
    let least = Number.POSITIVE_INFINITY
    for (let k = bAt; k < bAt + 2 * bSides; k += 2)
      least = Math.min(least, normalX * (b[k] - a[from]) + normalY * (b[k + 1] - a[from + 1]))
    if (least > SKIN * Math.sqrt(normalX * normalX + normalY * normalY)) return true
  }
  return false
}
