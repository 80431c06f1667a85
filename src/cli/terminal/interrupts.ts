import type { Clock } from '../../core/clock.ts'

/** Calls `handler` for every Ctrl-C, and for another announcement of the end if it comes first, until the returned function is called. */
export type Interrupts = (handler: () => void) => () => void

/** @param subscribe hears the signals of this process */
export function announcedInterrupts(
  subscribe: (listener: (signal: string) => void) => () => void,
): Interrupts {
  return (handler) => {
    // A scheduler sends its signals more than once, to a whole process tree and by way of a script: one wish, not many.
    let told = false
    return subscribe((signal) => {
      if (signal === 'SIGINT' || !told) handler()
      told = true
    })
  }
}

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
