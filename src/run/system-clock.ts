import type { Clock } from '../core/clock.ts'

/** The only real clock. Everything below `run/` gets its time from here. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
}
