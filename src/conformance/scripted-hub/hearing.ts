import { sha256 } from '../../core/bytes.ts'
import type { agon } from '../../wire/index.ts'
import type { Heard } from './saying.ts'

/** What has come from the third party: whole messages in their order, each once. */
export interface Hearing {
  /** The highest number received whole. */
  readonly received: number
  /** What this side says that it has received: `received`, unless held back. */
  readonly acknowledged: number
  /** Messages that wait to be taken by `next`. */
  readonly waiting: number
  /** Bytes of role messages received. */
  readonly bytes: number
  readonly granted: number
  standing(frame: agon.v1.Frame): {
    readonly received: number
    readonly assembled: number
    readonly repeated: boolean
  }
  /** @returns whether the frame completed a message */
  take(frame: agon.v1.Frame): boolean
  next(): Heard | null
  /** Acknowledges nothing more until `forget`. */
  hold(): void
  /** As if everything after `sequence` had been lost with the stream. */
  forget(sequence: number): void
  /** Raises what the third party may have sent to `bytes` beyond what it has. @returns the sum */
  grant(bytes: number): number
}

export function createHearing(credit: number): Hearing {
  const inbox: Heard[] = []
  /** Digests by number: what comes again must be the same. */
  const digests = new Map<number, string>()
  const counted = new Set<number>()
  let parts: Uint8Array[] = []
  let assembled = 0
  let assembling = 0
  let received = 0
  let bytes = 0
  let granted = credit
  let held: number | null = null

  const isRepeat = (frame: agon.v1.Frame): boolean =>
    frame.total === 0
      ? digests.get(frame.sequence) === sha256(frame.body)
      : digests.has(frame.sequence)

  return {
    get received() {
      return received
    },
    get acknowledged() {
      return held ?? received
    },
    get waiting() {
      return inbox.length
    },
    get bytes() {
      return bytes
    },
    get granted() {
      return granted
    },
    standing: (frame) => ({
      received,
      assembled: assembling === frame.sequence ? assembled : 0,
      repeated: isRepeat(frame),
    }),
    take(frame) {
      const { sequence, kind, correlation, total } = frame
      if (sequence <= received && isRepeat(frame)) return false
      if (assembling !== sequence || frame.offset === 0) {
        parts = []
        assembled = 0
        assembling = sequence
      }
      parts.push(frame.body)
      assembled += frame.body.length
      if (assembled < total) return false
      const body = parts.length === 1 ? parts[0] : Buffer.concat(parts, assembled)
      parts = []
      assembled = 0
      if (!counted.has(sequence)) bytes += body.length
      counted.add(sequence)
      digests.set(sequence, sha256(body))
      // A wrong number is the ledger's business; the script goes on with what it says.
      received = Math.max(received, sequence)
      inbox.push({ kind, sequence, correlation, body })
      return true
    },
    next: () => inbox.shift() ?? null,
    hold() {
      held = received
    },
    forget(sequence) {
      held = null
      received = sequence
      for (let i = inbox.length - 1; i >= 0; i--)
        if (inbox[i].sequence > sequence) inbox.splice(i, 1)
    },
    grant(more) {
      granted = Math.max(granted, bytes + more)
      return granted
    },
  }
}
