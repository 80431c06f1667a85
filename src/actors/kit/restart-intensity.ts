/**
 * When a supervisor gives up. Two counts, and either is enough: OTP's restart intensity, at most `restarts` restarts within `windowMs`;
 * and, without a clock, at most `restarts` in a row after none of which anything new was done. What fails at the same place
 * each time but slower than the window would otherwise be tried for ever.
 * A plain record and pure functions; the time comes in.
 */
export interface RestartIntensity {
  readonly restarts: number
  readonly windowMs: number
  /** Times of the restarts that are still inside the window, oldest first. */
  readonly recent: readonly number[]
  /** Restarts since anything new was done. */
  readonly barren: number
}

export function restartIntensity(restarts: number, windowMs: number): RestartIntensity {
  return { restarts, windowMs, recent: [], barren: 0 }
}

/** The record after one more restart at `now`, or null when that is one too many: escalate. */
export function restart(record: RestartIntensity, now: number): RestartIntensity | null {
  if (exhaustion(record, now) !== null) return null
  const { barren } = record
  return { ...record, recent: [...inWindow(record, now), now], barren: barren + 1 }
}

/** The record once something was done that had never been done before. */
export function progressed(record: RestartIntensity): RestartIntensity {
  return record.barren === 0 ? record : { ...record, barren: 0 }
}

/** Whether the last restart began a row: there is none before it, in the window or without progress. */
export function beginsRow({ recent, barren }: RestartIntensity): boolean {
  return recent.length <= 1 && barren <= 1
}

/** Why one more restart at `now` is not taken, for people; null where it is. */
export function exhaustion(record: RestartIntensity, now: number): string | null {
  const { restarts, windowMs, barren } = record
  if (restarts === 0) return 'no restarts are allowed'
  if (inWindow(record, now).length >= restarts)
    return `${counted(restarts)} within ${windowMs / 1000} s`
  if (barren >= restarts) return `${counted(restarts)} without anything new done`
  return null
}

const inWindow = ({ recent, windowMs }: RestartIntensity, now: number): readonly number[] =>
  recent.filter((time) => now - time < windowMs)

const counted = (restarts: number): string => `${restarts} restart${restarts === 1 ? '' : 's'}`
