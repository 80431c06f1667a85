import { AgonError } from '../../core/errors.ts'
import { type AnswerStream, endWith } from '../../wire/index.ts'
import type { NewsMessage, NewsReader } from './run-feed.ts'

/** Events that wait for a reader at most; beyond it, older rows of metrics give way to newer ones. */
export const MOST_WAITING = 512

/**
 * Sends news to one watcher and never waits for it: what it does not take is kept up to a bound, then rows of metrics
 * are left out, and one that leaves more than that unread is ended with `wire/overloaded`.
 */
export function newsStream(
  stream: AnswerStream<NewsMessage>,
  most = MOST_WAITING,
): NewsReader & { fail(error: unknown): void } {
  const waiting: NewsMessage[] = []
  let full = false
  let last: (() => void) | null = null
  let over = false
  const close = (how: () => void): void => {
    over = true
    waiting.length = 0
    how()
  }
  const flush = (): void => {
    full = false
    while (!full && waiting.length > 0) full = !stream.write(waiting.shift() as NewsMessage)
    if (!full && last !== null && !over) close(last)
  }
  stream.on('drain', flush)
  const endLater = (how: () => void): void => {
    last ??= how
    if (!full && !over) close(last)
  }
  return {
    news(event) {
      if (over || last !== null) return
      if (!full) {
        full = !stream.write(event)
        return
      }
      waiting.push(event)
      if (waiting.length <= most) return
      const oldest = waiting.findIndex(({ metrics }) => metrics !== undefined && metrics !== null)
      if (oldest >= 0) waiting.splice(oldest, 1)
      else close(() => endWith(stream, tooSlow(most)))
    },
    end: () => endLater(() => stream.end()),
    fail: (error) => endLater(() => endWith(stream, error)),
  }
}

const tooSlow = (most: number): AgonError =>
  new AgonError('wire/overloaded', `${most} events wait for this watcher, who does not read`, {
    remedy: 'watch again; the run has gone on all the same',
  })
