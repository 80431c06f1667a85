import { afterTicks, type Timers } from '../../../core/timers.ts'

export interface Deadline {
  readonly ms: number
  readonly timers: Timers
  /** What it ends with when time is up. */
  readonly late: () => Error
  /** Ends it before its time. */
  readonly signal: AbortSignal
}

/**
 * What `work` gives, if it does so in time. Otherwise its signal is aborted and this ends at once, also where the work does not
 * look at its signal: what hangs cannot hold up those who wait for it.
 */
export async function untilDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { ms, timers, late, signal }: Deadline,
): Promise<T> {
  signal.throwIfAborted()
  const ending = new AbortController()
  const takenBack = (): void => ending.abort(signal.reason)
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true })
  })
  signal.addEventListener('abort', takenBack, { once: true })
  // In ticks: an answer that waits unread while this thread was blocked is in time.
  const callOff = afterTicks(timers, ms, () => ending.abort(late()))
  try {
    return await Promise.race([work(ending.signal), ended])
  } finally {
    callOff()
    signal.removeEventListener('abort', takenBack)
  }
}

/** A pause that `signal` cuts short. @throws what it was aborted with */
export function pause(ms: number, timers: Timers, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const takenBack = (): void => {
      callOff()
      reject(signal.reason)
    }
    const callOff = timers.after(ms, () => {
      signal.removeEventListener('abort', takenBack)
      resolve()
    })
    signal.addEventListener('abort', takenBack, { once: true })
  })
}
