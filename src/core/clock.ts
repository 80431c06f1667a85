/** Time comes in as an argument; tests make their own. */
export interface Clock {
  /** Milliseconds, monotonic; only differences mean anything. */
  now(): number
  /** Milliseconds since the Unix epoch; for labels in files, never for decisions. */
  wall(): number
}

/** The only real clock: what is asked without one takes it by this name, and nothing else reads the time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
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
