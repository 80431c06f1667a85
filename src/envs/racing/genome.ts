import type { Genome } from '../contract.ts'
import { boundedPoint, genomeError } from '../genome.ts'
import { LEAST_SPREAD, meanOf, type RacingLevel, spreadOf } from './level.ts'
import type { RacingOptions } from './options.ts'

/** Where points in one spot come to, around it: no road is narrower. */
const RING = 0.1

/** x and y of each control point. Points all in one spot are no track: a ring around it stands for them. */
export function racingGenome({
  controlPoints,
}: Pick<RacingOptions, 'controlPoints'>): Genome<RacingLevel> {
  const names = Array.from(
    { length: 2 * controlPoints },
    (_, i) => `${i % 2 === 0 ? 'x' : 'y'}${i >> 1}`,
  )
  const bounds = { names, low: names.map(() => 0), high: names.map(() => 1) }
  return {
    bounds,
    toVector(level) {
      if (level.track !== 'bezier')
        throw genomeError(`a level of track '${level.track}' is no point of this genome`, bounds)
      if (level.points.length !== names.length)
        throw genomeError(
          `a level of ${level.points.length / 2} control points is no point of a genome of ${controlPoints}`,
          bounds,
        )
      return boundedPoint(level.points, bounds)
    },
    fromVector(vector) {
      const points = Array.from(boundedPoint(vector, bounds), (value) => value + 0)
      return {
        track: 'bezier',
        points: spreadOf(points) < LEAST_SPREAD ? ringAround(points) : points,
      }
    },
  }
}

function ringAround(points: readonly number[]): number[] {
  const [x, y] = meanOf(points).map((middle) => Math.min(Math.max(middle, RING), 1 - RING))
  const count = points.length / 2
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count
    return [x + RING * Math.cos(angle), y + RING * Math.sin(angle)].map((value) =>
      Math.min(Math.max(value, 0), 1),
    )
  }).flat()
}
