import { closeSync, openSync, readSync } from 'node:fs'

/** A whole line of a file, without what stands behind its beginning. */
export interface LineHead {
  readonly start: number
  /** Of its line feed. */
  readonly end: number
  /** The beginning of its text. */
  readonly head: string
}

const CHUNK = 1 << 20
/** Bytes of a line that are looked at. */
const HEAD = 120

/** Every line of a file that has its line feed, in order; a file of any length is read in pieces. */
export function* scanLines(path: string): Generator<LineHead> {
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.allocUnsafe(CHUNK)
    const head = Buffer.allocUnsafe(HEAD)
    let start = 0
    for (let at = 0; ; ) {
      const length = readSync(file, chunk, 0, CHUNK, at)
      if (length === 0) return
      const piece = chunk.subarray(0, length)
      for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, end + 1)) {
        const long = Math.min(HEAD, at + end - start)
        // A line that began in an earlier piece is looked up again.
        if (start >= at) piece.copy(head, 0, start - at, start - at + long)
        else readSync(file, head, 0, long, start)
        yield { start, end: at + end, head: head.toString('utf8', 0, long) }
        start = at + end + 1
      }
      at += length
    }
  } finally {
    closeSync(file)
  }
}
