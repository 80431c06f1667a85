import { AgonError } from '../../core/errors.ts'

/** The free parameters of a race: the track, and how long it may take. Immutable. */
export type RacingLevel = BezierLevel | GymnasiumLevel

/** dcd's track: a closed curve through control points, taken clockwise around their mean. */
export interface BezierLevel extends LevelBase {
  readonly track: 'bezier'
  /** x0, y0, x1, y1, … as fractions of the playfield's edge; the order of the points does not count. */
  readonly points: readonly number[]
}

/** The track of Gymnasium's `CarRacing-v3`, drawn from a seed. */
export interface GymnasiumLevel extends LevelBase {
  readonly track: 'gymnasium'
  /** 0 … 2³²−1. */
  readonly seed: number
}

interface LevelBase {
  /** Step limit of an episode in this level; absent: the environment's `maxSteps`. */
  readonly maxSteps?: number
}

export const TRACKS = ['bezier', 'gymnasium'] as const
export const LEAST_POINTS = 3
export const MOST_POINTS = 32
/** Some control point is farther than this from their mean: a road is 0.04 wide. */
export const LEAST_SPREAD = 0.05
export const MOST_SEED = 2 ** 32 - 1
export const MAX_STEP_LIMIT = 1_000_000_000

/** What is wrong with a level, and with which of its fields. */
export interface Defect {
  readonly message: string
  readonly place: string
}

export const isStepLimit = (steps: number): boolean =>
  Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEP_LIMIT

/** The first reason why a level cannot be attempted, or null. */
export function findDefect(level: RacingLevel): Defect | null {
  const { maxSteps } = level
  if (!TRACKS.includes(level.track))
    return { message: `there is no track '${level.track}'`, place: 'track' }
  if (maxSteps !== undefined && !isStepLimit(maxSteps))
    return { message: `maxSteps ${maxSteps} is not a positive integer`, place: 'maxSteps' }
  if (level.track === 'bezier') return findPointDefect(level.points)
  const { seed } = level
  return Number.isInteger(seed) && seed >= 0 && seed <= MOST_SEED
    ? null
    : { message: `seed ${seed} is not a whole number from 0 to ${MOST_SEED}`, place: 'seed' }
}

function findPointDefect(points: readonly number[]): Defect | null {
  const place = 'points'
  const count = points.length / 2
  if (!Number.isInteger(count))
    return { message: `${points.length} numbers are no pairs of x and y`, place }
  if (count < LEAST_POINTS || count > MOST_POINTS)
    return {
      message: `${count} control points, a track has ${LEAST_POINTS} to ${MOST_POINTS}`,
      place,
    }
  for (const [i, value] of points.entries())
    if (!(value >= 0 && value <= 1) || Object.is(value, -0))
      return {
        message: `${i % 2 === 0 ? 'x' : 'y'} of control point ${i >> 1} goes from 0 to 1, not ${Object.is(value, -0) ? '-0' : value}`,
        place,
      }
  if (spreadOf(points) < LEAST_SPREAD)
    return {
      message: `the control points lie within ${LEAST_SPREAD} of their mean, which is narrower than the road`,
      place,
    }
  return null
}

/** How far the farthest control point is from their mean. */
export function spreadOf(points: readonly number[]): number {
  const [x, y] = meanOf(points)
  let most = 0
  for (let i = 0; i < points.length; i += 2)
    most = Math.max(most, Math.hypot(points[i] - x, points[i + 1] - y))
  return most
}

export function meanOf(points: readonly number[]): readonly [x: number, y: number] {
  let [x, y] = [0, 0]
  for (let i = 0; i < points.length; i += 2) {
    x += points[i]
    y += points[i + 1]
  }
  return [(2 * x) / points.length, (2 * y) / points.length]
}

/** @throws AgonError `level/invalid` with the field in `place` */
export function assertWellFormed(level: RacingLevel): void {
  const defect = findDefect(level)
  if (defect === null) return
  throw new AgonError('level/invalid', defect.message, {
    place: defect.place,
    remedy: 'control points lie in the unit square, and not all in one spot',
  })
}
