import { AgonError } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'

/** How long a stream may be silent before its hello. */
const HELLO_MS = 10_000
/** Streams that may be silent at a time. A hello comes with its stream, so an actor in earnest is silent for no time. */
const MOST_SILENT = 128

/** Streams on which nothing was said yet, of all that dialled one listener. */
export interface SilentStreams {
  /**
   * Another one. It is ended with `wire/hello` if it says nothing for too long, or with `wire/overloaded` as the oldest of too
   * many: newcomers are let in, so that nobody is kept out by others who say nothing.
   * @returns call it when something was said, or the stream is gone
   */
  add(end: (error: AgonError) => void): () => void
}

export function silentStreams(timers: Timers): SilentStreams {
  const silent = new Set<(error: AgonError) => void>()
  return {
    add(end) {
      const over = (error: AgonError): void => {
        spoken()
        end(error)
      }
      const patience = timers.after(HELLO_MS, () =>
        over(new AgonError('wire/hello', `no hello came within ${HELLO_MS / 1000} s`)),
      )
      const spoken = (): void => {
        patience()
        silent.delete(over)
      }
      silent.add(over)
      const [oldest] = silent
      if (silent.size > MOST_SILENT) oldest(tooMany())
      return spoken
    },
  }
}

const tooMany = (): AgonError =>
  new AgonError('wire/overloaded', `more than ${MOST_SILENT} streams are open without a hello`, {
    remedy: 'say hello as soon as the stream is open, and dial again',
  })
