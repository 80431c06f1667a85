/** Things that happen later, as an argument like the clock. Each call gives back what calls it off. */
export interface Timers {
  after(ms: number, work: () => void): () => void
  every(ms: number, work: () => void): () => void
}

/** Three weeks and a half: what is longer would be over at once. */
export const LONGEST_WAIT_MS = 2 ** 31 - 1

/** Those of the event loop. */
export const realTimers: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, Math.min(ms, LONGEST_WAIT_MS))
    return () => clearTimeout(timer)
  },
  every(ms, work) {
    const timer = setInterval(work, Math.min(ms, LONGEST_WAIT_MS))
    return () => clearInterval(timer)
  },
}

const TICK_MS = 100

/**
 * As `after`, for how long another one is waited for: counted in ticks of this thread. While it is blocked, or starved on a loaded
 * machine, what has come waits unread, so that time counts as one tick however long it was.
 */
export function afterTicks(timers: Timers, ms: number, work: () => void): () => void {
  let left = Math.max(1, Math.ceil(ms / TICK_MS))
  const stop = timers.every(TICK_MS, () => {
    left -= 1
    if (left > 0) return
    stop()
    work()
  })
  return stop
}

/** Timers that move only when told, for tests. */
export function manualTimers(): Timers & { advance(ms: number): void } {
  let now = 0
  const due = new Set<{ at: number; readonly every: number; readonly work: () => void }>()
  const add = (at: number, every: number, work: () => void): (() => void) => {
    const entry = { at, every, work }
    due.add(entry)
    return () => due.delete(entry)
  }
  return {
    after: (ms, work) => add(now + ms, 0, work),
    every: (ms, work) => add(now + ms, ms, work),
    advance(ms) {
      const until = now + ms
      for (;;) {
        const next = [...due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (next === undefined) break
        now = next.at
        if (next.every > 0) next.at += next.every
        else due.delete(next)
        next.work()
      }
      now = until
    },
  }
}
