import { SCALE, STEP, VERTICES } from './terrain/constants.ts'
import type { Terrain } from './terrain/contract.ts'

export const RAYS = 10
/** Metres. */
export const RANGE = 160 / SCALE
/** Radians between rays; the first points straight down, the last forward. */
const APART = 0.15

const DX = Float64Array.from({ length: RAYS }, (_, k) => RANGE * Math.sin(APART * k))
const DY = Float64Array.from({ length: RAYS }, (_, k) => -RANGE * Math.cos(APART * k))

/**
 * Writes the fraction of each ray up to the nearest ground, 1 where it meets none. Edges are hit from both sides; a ray that
 * begins inside a box does not see that box.
 * @param into at `at`, {@link RAYS} numbers
 */
export function castRays(
  terrain: Terrain,
  x: number,
  y: number,
  into: Float32Array,
  at: number,
): void {
  for (let k = 0; k < RAYS; k++) {
    const edge = nearestEdge(terrain, x, y, DX[k], DY[k])
    into[at + k] = nearestBox(terrain.boxes, x, y, DX[k], DY[k], edge)
  }
}

/** Edges stand from left to right, and no ray goes to the left. */
function nearestEdge(terrain: Terrain, x: number, y: number, dx: number, dy: number): number {
  const { x: xs, y: ys } = terrain
  // A pit moves a vertex to the left by less than a step.
  let i = Math.max(Math.floor(x / STEP) - 1, 0)
  let nearest = 1
  for (; i + 1 < VERTICES && xs[i] <= x + nearest * dx; i++) {
    const rx = xs[i + 1] - xs[i]
    const ry = ys[i + 1] - ys[i]
    // The edge's normal is (ry, −rx).
    const along = ry * dx - rx * dy
    if (along === 0) continue
    const t = (ry * (xs[i] - x) - rx * (ys[i] - y)) / along
    if (!(t >= 0 && t <= nearest)) continue
    const s = ((x + t * dx - xs[i]) * rx + (y + t * dy - ys[i]) * ry) / (rx * rx + ry * ry)
    if (s >= 0 && s <= 1) nearest = t
  }
  return nearest
}

function nearestBox(
  boxes: Float64Array,
  x: number,
  y: number,
  dx: number,
  dy: number,
  upTo: number,
): number {
  let nearest = upTo
  for (let at = 0; at < boxes.length; at += 4) {
    if (boxes[at + 2] < x || boxes[at] > x + nearest * dx) continue
    const entered = enters(boxes, at, x, y, dx, dy)
    if (entered < nearest) nearest = entered
  }
  return nearest
}

/** Where the ray comes into the box from outside, or Infinity. */
function enters(
  boxes: Float64Array,
  at: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
): number {
  const left = boxes[at]
  const right = boxes[at + 2]
  let first = dx > 0 ? (left - x) / dx : Number.NEGATIVE_INFINITY
  let last = dx > 0 ? (right - x) / dx : Number.POSITIVE_INFINITY
  if (dx <= 0 && (x < left || x > right)) return Number.POSITIVE_INFINITY
  // Every ray goes down.
  first = Math.max(first, (boxes[at + 3] - y) / dy)
  last = Math.min(last, (boxes[at + 1] - y) / dy)
  return first >= 0 && first <= last ? first : Number.POSITIVE_INFINITY
}
