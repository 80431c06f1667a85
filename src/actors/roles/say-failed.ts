import { toErrorRecord } from '../../core/errors.ts'
import type { Failed } from './contract.ts'

/** The last thing an actor says: that what it invoked has failed, and how. */
export function sayFailed({
  context,
  event,
}: {
  readonly context: { send(message: Failed): void }
  readonly event: { readonly error: unknown }
}): void {
  context.send({ type: 'failed', error: toErrorRecord(event.error) })
}
