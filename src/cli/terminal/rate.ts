/** Progress over the last part of a run, so that rate and time left follow a change of speed. */
export interface Rate {
  /** @param now milliseconds, monotonic @param steps whatever is counted so far @param done 0 … 1 of the budget */
  add(now: number, steps: number, done: number): void
  /** Steps a second; NaN until two moments are known. */
  perSecond(): number
  /** Milliseconds; NaN until something was done, 0 at the end. */
  timeLeft(): number
  /** Forgets everything: after a restore, steps count from an earlier number. */
  reset(): void
}

interface Moment {
  readonly now: number
  readonly steps: number
  readonly done: number
}

/** @param windowMs how far back a rate looks; at least the last two moments count, however far apart */
export function rollingRate(windowMs = 60_000): Rate {
  let moments: Moment[] = []
  const span = (): readonly [Moment, Moment] | null =>
    moments.length < 2 ? null : [moments[0], moments[moments.length - 1]]
  return {
    add(now, steps, done) {
      moments.push({ now, steps, done })
      while (moments.length > 2 && moments[1].now <= now - windowMs) moments.shift()
    },
    perSecond() {
      const ends = span()
      if (ends === null || ends[1].now <= ends[0].now) return Number.NaN
      return ((ends[1].steps - ends[0].steps) * 1000) / (ends[1].now - ends[0].now)
    },
    timeLeft() {
      const ends = span()
      if (ends === null) return Number.NaN
      const [first, last] = ends
      if (last.done >= 1) return 0
      if (last.done <= first.done) return Number.NaN
      return ((1 - last.done) * (last.now - first.now)) / (last.done - first.done)
    },
    reset() {
      moments = []
    },
  }
}
