import type { Clock } from '../../../core/clock.ts'
import type { Timers } from '../../../core/timers.ts'
import { pause } from './deadline.ts'
import { createTurns } from './turns.ts'

/** How many calls may be made at a time, and whether any may: as many as allowed, until who is asked says that it is too much. */
export interface Pace {
  /**
   * Resolves once a call may be made, with what is to be called when it has ended.
   * @param uniform in [0, 1): those who rested together do not come back together
   * @throws what `signal` was aborted with, while waiting
   */
  enter(uniform: number, signal: AbortSignal): Promise<() => void>
  /** Nobody is asked for so long, and from then on half as many at a time. Those that fail together halve it once. */
  slowDown(ms: number): void
  /** As many answers as calls at a time allow one more, up to where it began. */
  answered(): void
}

/** After a rest the calls that wait begin within so long. */
const SPREAD_MS = 500

export function createPace(most: number, clock: Pick<Clock, 'now'>, timers: Timers): Pace {
  const turns = createTurns(most)
  let places = most
  let answers = 0
  let restsUntil = Number.NEGATIVE_INFINITY
  const resize = (next: number): void => {
    places = next
    answers = 0
    turns.resize(next)
  }
  return {
    async enter(uniform, signal) {
      for (;;) {
        const left = restsUntil - clock.now()
        if (left > 0) await pause(left + uniform * SPREAD_MS, timers, signal)
        const leave = await turns.enter(signal)
        if (restsUntil <= clock.now()) return leave
        leave()
      }
    },
    slowDown(ms) {
      const now = clock.now()
      if (restsUntil <= now) resize(Math.max(1, Math.floor(places / 2)))
      restsUntil = Math.max(restsUntil, now + ms)
    },
    answered() {
      answers += 1
      if (places < most && answers >= places) resize(places + 1)
    },
  }
}
