import { PLAYFIELD } from './constants.ts'
import type { CentreLine } from './contract.ts'

/** Points of the curve between two control points, both ends included. */
const DETAIL = 40
/** Length of a handle, as a share of the distance between its control points. */
const HANDLE = 0.2
/** How much a tangent follows the edge behind its point, the rest the one before: dcd's edginess of 0.2. */
const BEHIND = Math.atan(0.2) / Math.PI + 0.5
const TURN = 2 * Math.PI

/** x, y, and the direction in which the curve passes. */
type Knot = readonly [x: number, y: number, direction: number]

/**
 * dcd's curve: the control points in clockwise order around their mean, joined by cubic Bézier curves with common tangents,
 * and put with the middle of its bounds at the origin. It is closed, and passes every control point; the order keeps its
 * polygon from crossing itself, and nothing keeps the road from it.
 * @param points as of a level, at least two of them apart
 */
export function bezierLine(points: readonly number[]): CentreLine {
  const knots = knotsOf(apart(clockwise(points)).map(([x, y]) => [x * PLAYFIELD, y * PLAYFIELD]))
  const xs: number[] = []
  const ys: number[] = []
  for (const [i, knot] of knots.entries()) pushCurve(xs, ys, knot, knots[(i + 1) % knots.length])
  return centred(xs, ys)
}

/** Control points by angle from the south over the west; equal ones by x and y, so that a level's order does not count. */
export function clockwise(points: readonly number[]): readonly (readonly [number, number])[] {
  const all = Array.from({ length: points.length / 2 }, (_, i) => {
    return [points[2 * i], points[2 * i + 1]] as const
  }).sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const x = all.reduce((sum, point) => sum + point[0], 0) / all.length
  const y = all.reduce((sum, point) => sum + point[1], 0) / all.length
  return all
    .map((point) => ({ point, angle: Math.atan2(point[0] - x, point[1] - y) }))
    .sort((a, b) => a.angle - b.angle)
    .map(({ point }) => point)
}

/** A point that is given twice counts once. */
const apart = (points: readonly (readonly [number, number])[]): typeof points =>
  points.filter(([x, y], i) => i === 0 || x !== points[i - 1][0] || y !== points[i - 1][1])

/** Tangents lie between the directions of the edges that meet in a point. */
function knotsOf(corners: readonly (readonly [number, number])[]): readonly Knot[] {
  const count = corners.length
  const edges = corners.map(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % count]
    const direction = Math.atan2(nextY - y, nextX - x)
    return direction >= 0 ? direction : direction + TURN
  })
  return corners.map(([x, y], i) => {
    const next = edges[i]
    const last = edges[(i + count - 1) % count]
    const opposite = Math.abs(last - next) > Math.PI ? Math.PI : 0
    return [x, y, BEHIND * next + (1 - BEHIND) * last + opposite]
  })
}

/** The curve from one knot to the next, its end left out: the next begins there. */
function pushCurve(xs: number[], ys: number[], from: Knot, to: Knot): void {
  const [x0, y0, leaves] = from
  const [x3, y3, arrives] = to
  const handle = HANDLE * Math.hypot(x3 - x0, y3 - y0)
  const [x1, y1] = [x0 + handle * Math.cos(leaves), y0 + handle * Math.sin(leaves)]
  const [x2, y2] = [x3 - handle * Math.cos(arrives), y3 - handle * Math.sin(arrives)]
  for (let k = 0; k < DETAIL - 1; k++) {
    const t = k / (DETAIL - 1)
    const s = 1 - t
    const [a, b, c, d] = [s ** 3, 3 * s * s * t, 3 * s * t * t, t ** 3]
    xs.push(a * x0 + b * x1 + c * x2 + d * x3)
    ys.push(a * y0 + b * y1 + c * y2 + d * y3)
  }
}

/** Around the origin. */
function centred(xs: readonly number[], ys: readonly number[]): CentreLine {
  const middleX = (Math.min(...xs) + Math.max(...xs)) / 2
  const middleY = (Math.min(...ys) + Math.max(...ys)) / 2
  return {
    x: Float64Array.from(xs, (x) => x - middleX),
    y: Float64Array.from(ys, (y) => y - middleY),
    across: Float64Array.from(xs, (x, i) => {
      const next = (i + 1) % xs.length
      return Math.PI / 2 + Math.atan2(ys[next] - ys[i], xs[next] - x)
    }),
  }
}
