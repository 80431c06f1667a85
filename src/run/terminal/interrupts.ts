import type { Clock } from '../../core/clock.ts'

/** Calls `handler` for every Ctrl-C, and for the first SIGTERM, until the returned function is called. */
export type Interrupts = (handler: () => void) => () => void

/**
 * A second signal within this time is the same key press: package runners pass a Ctrl-C on to a child which the
 * terminal has interrupted already.
 */
const SAME_PRESS_MS = 250

export interface InterruptActions {
  /** Once: leave at the next safe place. */
  stop(): void
  /** Twice: leave now. */
  exit(): void
}

export function onInterrupt(
  interrupts: Interrupts,
  clock: Clock,
  { stop, exit }: InterruptActions,
): () => void {
  let first: number | null = null
  return interrupts(() => {
    const now = clock.now()
    if (first === null) {
      first = now
      stop()
    } else if (now - first >= SAME_PRESS_MS) exit()
  })
}
