import type { RandomStream } from '../../../core/random.ts'
import type { FootballLevel } from '../level.ts'
import { type Movable, movablesOf, movedTo, placeOf, standsFree } from './movable.ts'

export interface MoveOptions {
  /** How many of players and ball are moved; null moves all of them. */
  readonly moves: number | null
  /** Standard deviation on each axis, field units. */
  readonly step: number
  /** Half the box that nothing is moved out of, field units. */
  readonly maxX: number
  readonly maxY: number
}

/** Draws for one thing, before it stays where it is. */
const TRIES = 16

/**
 * Gaussian noise on the places of outfield players and ball, one after the other. What would leave the box stops at its
 * edge (what starts beyond it, at its own place), and whom no draw gives room stays where he is: a playable level stays playable.
 * @param which of them may be moved at all
 */
export function moveLevel(
  level: FootballLevel,
  options: MoveOptions,
  stream: RandomStream,
  which: (what: Movable) => boolean = () => true,
): FootballLevel {
  let moved = level
  for (const what of chosen(movablesOf(level).filter(which), options.moves, stream))
    moved = moveOne(moved, what, options, stream)
  return moved
}

function chosen(all: Movable[], moves: number | null, stream: RandomStream): readonly Movable[] {
  return moves === null || moves >= all.length ? all : stream.shuffle(all).slice(0, moves)
}

function moveOne(
  level: FootballLevel,
  what: Movable,
  { step, maxX, maxY }: MoveOptions,
  stream: RandomStream,
): FootballLevel {
  const [x, y] = placeOf(level, what)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const moved = movedTo(level, what, [noisy(x, step, maxX, stream), noisy(y, step, maxY, stream)])
    if (standsFree(moved, what)) return moved
  }
  return level
}

function noisy(from: number, step: number, most: number, stream: RandomStream): number {
  const to = from + step * stream.normal()
  return Math.min(Math.max(to, Math.min(-most, from)), Math.max(most, from))
}
