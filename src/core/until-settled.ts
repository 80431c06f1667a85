import type { MessagePort } from 'node:worker_threads'
import { AgonError } from './errors.ts'

/** A module may load a model of its own; one that takes longer than this waits for something that does not come. */
const DEADLINE_MS = 600_000

let listening: MessagePort | null = null

/** Told of the port at which this thread waits for orders: it keeps the thread alive, and nothing of it ends an import. */
export function listensAt(port: MessagePort): void {
  listening = port
}

/** Imports under way in this thread. */
let under = 0

/**
 * The outcome of the import of `path`. One whose top-level `await` can never end ends here: a thread with nothing left to
 * do would otherwise end without a word, or stay for ever.
 * @throws AgonError `module/unsettled`
 */
export async function untilSettled<T>(path: string, importing: Promise<T>): Promise<T> {
  let giveUp: (error: AgonError) => void = () => {}
  const never = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  const idle = (): void =>
    giveUp(unsettled(path, 'and nothing is left in this process that could end it'))
  const deadline = setTimeout(
    () => giveUp(unsettled(path, `and ${DEADLINE_MS / 60_000} minutes have passed`)),
    DEADLINE_MS,
  ).unref()
  process.once('beforeExit', idle)
  if (under++ === 0) listening?.unref()
  try {
    return await Promise.race([importing, never])
  } finally {
    clearTimeout(deadline)
    process.off('beforeExit', idle)
    if (--under === 0) listening?.ref()
  }
}

const unsettled = (path: string, why: string): AgonError =>
  new AgonError(
    'module/unsettled',
    `the import of ${path} does not end: it waits at a top-level await, ${why}`,
    {
      remedy:
        'see whether what it waits for is there, such as a service; wait inside of functions, not at the top level',
    },
  )
