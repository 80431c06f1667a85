/** Time comes in as an argument. Only `run/` makes a real clock; tests make their own. */
export interface Clock {
  /** Milliseconds, monotonic; only differences mean anything. */
  now(): number
  /** Milliseconds since the Unix epoch; for labels in files, never for decisions. */
  wall(): number
}

/** A clock that moves only when told. */
export function manualClock(start = 0): Clock & { advance(ms: number): void } {
  let time = start
  return {
    now: () => time,
    wall: () => time,
    advance: (ms) => {
      time += ms
    },
  }
}
