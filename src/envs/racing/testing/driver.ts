import { decodeState } from '../lane-state.ts'
import { ANGLE, SPEED_X, SPEED_Y, VIEW, X, Y } from '../picture/view.ts'
import { trackOf } from '../track/track-of.ts'

/** Metres along the line: where it aims, and how far it looks for bends. */
const AIM = 9
const LOOK = 28
const CRUISE = 22
const SLOWEST = 8

/**
 * Follows the middle of the road by a lane's saved state, slower in bends. The line is driven from its last point to its first:
 * so the car is put.
 */
export function followRoad(state: Uint8Array): Float32Array {
  const { level, views } = decodeState(state)
  const { x, y } = trackOf(level).line
  const view = views.subarray(views.length - VIEW)
  const away = (i: number): number => Math.hypot(x[i] - view[X], y[i] - view[Y])
  let nearest = 0
  for (let i = 1; i < x.length; i++) if (away(i) < away(nearest)) nearest = i
  const ahead = (metres: number): number => {
    let at = nearest
    for (let gone = 0; gone < metres; ) {
      const next = (at + x.length - 1) % x.length
      gone += Math.hypot(x[next] - x[at], y[next] - y[at])
      at = next
    }
    return at
  }
  const offOf = (i: number): number => {
    const heading = Math.atan2(y[i] - view[Y], x[i] - view[X]) - Math.PI / 2
    return Math.atan2(Math.sin(heading - view[ANGLE]), Math.cos(heading - view[ANGLE]))
  }
  const off = offOf(ahead(AIM))
  const bend = Math.max(Math.abs(off), Math.abs(offOf(ahead(LOOK))))
  const speed = Math.hypot(view[SPEED_X], view[SPEED_Y])
  const wanted = Math.max(CRUISE * (1 - 1.4 * bend), SLOWEST)
  return Float32Array.of(
    Math.min(Math.max(-2 * off, -1), 1),
    speed < wanted ? 0.2 : 0,
    speed > wanted + 3 ? 0.2 : 0,
  )
}
