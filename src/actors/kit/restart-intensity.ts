/**
 * OTP's restart intensity: at most `restarts` restarts within `windowMs`, then the supervisor gives up.
 * A plain record and a pure function; the time comes in.
 */
export interface RestartIntensity {
  readonly restarts: number
  readonly windowMs: number
  /** Times of the restarts that are still inside the window, oldest first. */
  readonly recent: readonly number[]
}

export function restartIntensity(restarts: number, windowMs: number): RestartIntensity {
  return { restarts, windowMs, recent: [] }
}

/** The record after one more restart at `now`, or null when the intensity is exceeded: escalate. */
export function restart(record: RestartIntensity, now: number): RestartIntensity | null {
  const recent = record.recent.filter((time) => now - time < record.windowMs)
  if (recent.length >= record.restarts) return null
  return { ...record, recent: [...recent, now] }
}
