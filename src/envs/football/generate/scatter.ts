import type { RandomStream } from '../../../core/random.ts'
import type { FootballLevel } from '../level.ts'
import { movablesOf, movedTo, standsFree } from './movable.ts'

/** Half the box that places are drawn from, field units. */
export interface Box {
  readonly maxX: number
  readonly maxY: number
}

/** After so many draws without room the box is too small for the teams. */
const TRIES = 10_000

/**
 * Every outfield player and the ball at a uniform place of the box, drawn again where somebody stands already; keepers
 * stay. MADRID's random levels are these in the formation of 11_vs_11 with a box of 0.9 and 0.4.
 */
export function scatterLevel(
  level: FootballLevel,
  { maxX, maxY }: Box,
  stream: RandomStream,
): FootballLevel {
  let scattered = parked(level)
  for (const what of movablesOf(level)) {
    let tries = 0
    do {
      const place = [uniform(maxX, stream), uniform(maxY, stream)] as const
      scattered = movedTo(scattered, what, place)
    } while (!standsFree(scattered, what) && ++tries < TRIES)
  }
  return scattered
}

/** Nobody whose place is still to be found is in the way of another. */
export function parked(level: FootballLevel): FootballLevel {
  const away = <P extends { x: number; y: number }>(team: readonly P[]): P[] =>
    team.map((player, i) => (i === 0 ? player : { ...player, x: 1000 * i, y: 1000 }))
  return { ...level, left: away(level.left), right: away(level.right) }
}

const uniform = (most: number, stream: RandomStream): number => most * (2 * stream.uniform() - 1)
