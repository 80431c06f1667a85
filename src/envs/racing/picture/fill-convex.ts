/** Edge of a picture, in pixels. */
export const SIZE = 96

/** Up to so many pixels a loop is quicker than a call. */
const SHORT = 12

/**
 * Fills the pixels whose centres lie in a convex polygon, left and top sides included, right and bottom ones not.
 * @param pixels uint8 `[96, 96]`, rows from the top
 * @param corners x and y of each, in pixels to the right and downwards; in order, either way round
 */
export function fillConvex(
  pixels: Uint8Array,
  corners: Float64Array,
  sides: number,
  colour: number,
): void {
  let top = Number.POSITIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (let i = 0; i < sides; i++) {
    const y = corners[2 * i + 1]
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  const first = Math.max(Math.ceil(top - 0.5), 0)
  const end = Math.min(Math.ceil(bottom - 0.5), SIZE)
  for (let row = first; row < end; row++) {
    const y = row + 0.5
    let left = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    for (let i = 0, last = sides - 1; i < sides; last = i++) {
      const ay = corners[2 * last + 1]
      const by = corners[2 * i + 1]
      if (ay <= y === by <= y) continue
      const ax = corners[2 * last]
      const x = ax + ((y - ay) / (by - ay)) * (corners[2 * i] - ax)
      if (x < left) left = x
      if (x > right) right = x
    }
    const from = Math.max(Math.ceil(left - 0.5), 0)
    const to = Math.min(Math.ceil(right - 0.5), SIZE)
    if (to - from > SHORT) pixels.fill(colour, row * SIZE + from, row * SIZE + to)
    else for (let at = row * SIZE + from; at < row * SIZE + to; at++) pixels[at] = colour
  }
}
