import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import { movablesOf, movedTo, placeOf, standsFree } from '../generate/movable.ts'
import type { FootballLevel } from '../level.ts'

/**
 * Uniform crossover of places: each outfield player and the ball stands, with equal chances, where it stands in `a` or in
 * `b`; who would have no room in b's place keeps a's. All else is a's.
 * @throws AgonError `level/crossover` for teams of different sizes
 */
export function crossPlaces(
  a: FootballLevel,
  b: FootballLevel,
  stream: RandomStream,
): FootballLevel {
  const sizes = [a, b].map(({ left, right }) => `${left.length} against ${right.length}`)
  if (sizes[0] !== sizes[1])
    throw new AgonError('level/crossover', `${sizes[0]} and ${sizes[1]} players have no child`, {
      remedy: 'cross levels of one formation',
    })
  let child = a
  for (const what of movablesOf(a)) {
    if (stream.integer(2) === 0) continue
    const moved = movedTo(child, what, placeOf(b, what))
    if (standsFree(moved, what)) child = moved
  }
  return child
}
