import type { Timers } from '../../../core/timers.ts'

export interface HeartbeatOptions {
  /** Milliseconds between two beats of each side. */
  readonly intervalMs: number
  /** Beats of the other side that may be missed. */
  readonly missed: number
  readonly timers: Timers
  /** Time to say that this side lives. */
  readonly beat: () => void
  /** Nothing was heard for too long. Called once. */
  readonly dead: () => void
}

export interface Heartbeat {
  /** Something came from the other side. */
  heard(): void
  stop(): void
}

/**
 * Beats, and listens for beats. Silence is counted in own beats, not in time: while this side's event loop is
 * blocked, what the other side said waits unread, and a blocked loop counts as one beat however long it was.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { intervalMs, missed, timers, beat, dead } = options
  let silent = 0
  const stop = timers.every(intervalMs, () => {
    silent += 1
    if (silent > missed) {
      stop()
      dead()
    } else beat()
  })
  return {
    heard() {
      silent = 0
    },
    stop,
  }
}
