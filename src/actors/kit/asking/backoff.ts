import { AgonError } from '../../../core/errors.ts'

const FIRST_MS = 500
const LONGEST_MS = 60_000

/**
 * Milliseconds to wait before a question is sent again: half a second, doubled for each retry before, at most a minute; of that a part
 * between a half and the whole, so that those who failed together do not come back together.
 * @param retry 1, 2, 3 …
 * @param uniform in [0, 1)
 */
export function backoffMs(retry: number, uniform: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (retry - 1))
  return whole * (0.5 + 0.5 * uniform)
}

/**
 * Milliseconds for which nobody is to be asked, as the one who was asked says of a failure, in the field `retryAfterSeconds`; at most a minute,
 * since who asks for more would otherwise hold a run for hours. Null where it says nothing.
 */
export function restMs(error: unknown): number | null {
  if (!(error instanceof AgonError)) return null
  const { retryAfterSeconds: seconds } = error.fields
  if (typeof seconds !== 'number' || !(seconds >= 0)) return null
  return Math.min(LONGEST_MS, seconds * 1000)
}

/** Whether a failure is of too much asked, and not of this question: in the field `slowDown`, or with a time to rest. */
export const asksToSlowDown = (error: unknown): boolean =>
  restMs(error) !== null || (error instanceof AgonError && error.fields.slowDown === true)

/** What may come right by itself: the loss of who was asked, and its silence. */
const PASSING: ReadonlySet<string> = new Set(['actor/lost', 'service/deadline'])

/** Whether another try may mend it. What was asked says so of its own failures, in the field `retry`. */
export const mayMend = (error: unknown): boolean =>
  error instanceof AgonError && (PASSING.has(error.code) || error.fields.retry === true)
