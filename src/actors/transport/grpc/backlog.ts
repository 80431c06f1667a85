import type { WireMessage } from './wire-message.ts'

/** Messages until the other side has them: those still to be written on this stream, behind those that are. */
export interface Backlog {
  /** Of all bodies. */
  readonly bytes: number
  add(message: WireMessage): void
  /** The next to write; undefined where everything is written. */
  next(): WireMessage | undefined
  /** That one is written. */
  advance(): void
  /** Everything is to be written, as on a new stream. */
  rewind(): void
  /** The other side has all up to `sequence`. Gives back whether that took away the next to write. */
  drop(sequence: number): boolean
}

/** Dropped places at the front are kept for a while, so that an acknowledgement costs what it acknowledges. */
const MOST_DROPPED = 1024

export function openBacklog(): Backlog {
  let messages: (WireMessage | undefined)[] = []
  /** Index of the oldest, and of the next to write. */
  let first = 0
  let next = 0
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    add(message) {
      messages.push(message)
      bytes += message.body.length
    },
    next: () => messages[next],
    advance() {
      next += 1
    },
    rewind() {
      next = first
    },
    drop(sequence) {
      for (; first < messages.length; first++) {
        const message = messages[first] as WireMessage
        if (message.sequence > sequence) break
        bytes -= message.body.length
        messages[first] = undefined
      }
      const overtaken = first > next
      if (overtaken) next = first
      if (first > MOST_DROPPED && 2 * first > messages.length) {
        messages = messages.slice(first)
        next -= first
        first = 0
      }
      return overtaken
    },
  }
}
