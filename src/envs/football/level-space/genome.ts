import type { Genome } from '../../contract.ts'
import { boundedPoint, genomeError } from '../../genome.ts'
import { type Movable, movablesOf, movedTo, placeOf, standsFree } from '../generate/movable.ts'
import { type Box, parked } from '../generate/scatter.ts'
import type { FootballLevel } from '../level.ts'

/** Field units between two rings that are looked at for room: less than two players' spacing on either axis. */
const RING = 0.003
const RINGS = 1000
const DIRECTIONS = 16

/**
 * Places of all outfield players and of the ball as a vector: x and y of the left players, of the right ones (each team in
 * its own frame), and of the ball, field units; 42 numbers eleven a side, MADRID's genome. Keepers and rules are those of
 * `base`. Who would stand on another is put on the nearest free place: on rings around his own, in a fixed order.
 */
export function footballGenome(base: FootballLevel, { maxX, maxY }: Box): Genome<FootballLevel> {
  const movables = movablesOf(base)
  const limits = movables.flatMap(() => [maxX, maxY])
  const bounds = {
    names: movables.flatMap((what) => ['x', 'y'].map((axis) => `${nameOf(what)} ${axis}`)),
    low: limits.map((limit) => -limit),
    high: limits,
  }
  return {
    bounds,
    toVector(level) {
      const counts = [level.left.length, level.right.length]
      if (counts.join() !== [base.left.length, base.right.length].join())
        throw genomeError(
          `a level of ${counts.join(' against ')} players is no point of a genome of ${base.left.length} against ${base.right.length}`,
          bounds,
        )
      return boundedPoint(
        movables.flatMap((what) => [...placeOf(level, what)]),
        bounds,
      )
    },
    fromVector(vector) {
      const point = boundedPoint(vector, bounds)
      return movables.reduce(
        (level, what, i) => placed(level, what, [point[2 * i], point[2 * i + 1]], { maxX, maxY }),
        parked(base),
      )
    },
  }
}

const nameOf = (what: Movable): string => (what === 'ball' ? 'ball' : `${what.side} ${what.index}`)

function placed(
  level: FootballLevel,
  what: Movable,
  [x, y]: readonly [number, number],
  { maxX, maxY }: Box,
): FootballLevel {
  const within = (value: number, most: number): number => Math.min(Math.max(value, -most), most)
  const first = movedTo(level, what, [x, y])
  if (standsFree(first, what)) return first
  for (let ring = 1; ring <= RINGS; ring++)
    for (let direction = 0; direction < DIRECTIONS; direction++) {
      const angle = (2 * Math.PI * direction) / DIRECTIONS
      const to = [
        within(x + ring * RING * Math.cos(angle), maxX),
        within(y + ring * RING * Math.sin(angle), maxY),
      ] as const
      const tried = movedTo(level, what, to)
      if (standsFree(tried, what)) return tried
    }
  return first
}
