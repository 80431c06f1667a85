import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import { type BezierLevel, LEAST_SPREAD, type RacingLevel, spreadOf } from '../level.ts'
import { clockwise } from '../track/bezier-line.ts'

/**
 * Each control point as one of the two has it, by a fair coin: the first of both in clockwise order, the second, and so on; the
 * step limit is a's. Where all of them would be in one spot, a. No published car racing crosses levels.
 * @throws AgonError `level/crossover` for levels without as many control points
 */
export function crossLevels(a: RacingLevel, b: RacingLevel, random: RandomStream): BezierLevel {
  if (a.track !== 'bezier' || b.track !== 'bezier' || a.points.length !== b.points.length)
    throw new AgonError('level/crossover', `${said(a)} and ${said(b)} have no child`, {
      remedy: "cross levels of track 'bezier' with as many control points",
    })
  const [ofA, ofB] = [clockwise(a.points), clockwise(b.points)]
  const points = ofA.flatMap((point, i) => (random.integer(2) === 0 ? point : ofB[i]))
  return spreadOf(points) < LEAST_SPREAD ? a : { ...a, points }
}

const said = (level: RacingLevel): string =>
  level.track === 'bezier'
    ? `a track of ${level.points.length / 2} control points`
    : `one of '${level.track}'`
