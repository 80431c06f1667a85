import type { FootballLevel, LevelPlayer } from '../level.ts'
import { LEAST_SPACING, metresBetween, SIDES, type Side, startOf } from '../level-space/defect.ts'

/** The ball, or a player of a team. */
export type Movable = 'ball' | { readonly side: Side; readonly index: number }

/** Metres kept between players; more than the least, so that rounding to float32 breaks no rule. */
const SPACING = LEAST_SPACING + 0.01

/** All but the keepers, who stand where the scenario puts them: left players, right players, ball. */
export function movablesOf(level: FootballLevel): readonly Movable[] {
  return [
    ...SIDES.flatMap((side) => level[side].slice(1).map((_, i) => ({ side, index: i + 1 }))),
    'ball',
  ]
}

/** In field units and the frame of whoever it is. */
export function placeOf(level: FootballLevel, what: Movable): readonly [x: number, y: number] {
  if (what === 'ball') return level.ball
  const { x, y } = level[what.side][what.index]
  return [x, y]
}

/** A copy with one thing elsewhere. */
export function movedTo(
  level: FootballLevel,
  what: Movable,
  [x, y]: readonly [number, number],
): FootballLevel {
  const [atX, atY] = [Math.fround(x) + 0, Math.fround(y) + 0]
  if (what === 'ball') return { ...level, ball: [atX, atY] }
  const { side, index } = what
  const team: LevelPlayer[] = [...level[side]]
  team[index] = { ...team[index], x: atX, y: atY }
  return { ...level, [side]: team }
}

/** Whether nobody else stands there. */
export function standsFree(level: FootballLevel, what: Movable): boolean {
  if (what === 'ball' || level.mayOverlap) return true
  const start = startOf(level[what.side][what.index], what.side)
  return SIDES.every((side) =>
    level[side].every(
      (other, index) =>
        (side === what.side && index === what.index) ||
        metresBetween(startOf(other, side), start) >= SPACING,
    ),
  )
}
