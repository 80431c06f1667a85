import type { ErrorRecord } from '../../core/errors.ts'
import { toErrorRecord } from '../../core/errors.ts'
import type { Channel, Envelope } from './contract.ts'

type Listener<T> = (value: T) => void

class InProcessEnd implements Channel {
  peer: InProcessEnd | null = null
  #onEnvelope: Listener<Envelope> | null = null
  #onLost: Listener<ErrorRecord> | null = null
  #open = true
  readonly #end: () => Promise<void>

  constructor(end: () => Promise<void>) {
    this.#end = end
  }

  post(envelope: Envelope): void {
    const peer = this.peer
    // A turn of the event loop between sending and receiving, as every other transport has.
    setImmediate(() => peer?.deliver(envelope))
  }

  deliver(envelope: Envelope): void {
    if (this.#open) this.#onEnvelope?.(envelope)
  }

  onEnvelope(listener: Listener<Envelope>): void {
    this.#onEnvelope = listener
  }

  onLost(listener: Listener<ErrorRecord>): void {
    this.#onLost = listener
  }

  /** The other end died of `error`; this end is told once. */
  fail(error: unknown): void {
    if (!this.#open) return
    this.#open = false
    this.#onLost?.(toErrorRecord(error))
  }

  async close(): Promise<void> {
    this.#open = false
    await this.#end()
  }
}

const nothing = async (): Promise<void> => {}

/**
 * Two ends in one thread. `fail` tells the first end that the second is gone.
 * @param end what closing the first end waits for: that whoever is at the second has ended
 */
export function inProcessChannel(end: () => Promise<void> = nothing): {
  readonly near: Channel
  readonly far: Channel
  fail(error: unknown): void
} {
  const near = new InProcessEnd(end)
  const far = new InProcessEnd(nothing)
  near.peer = far
  far.peer = near
  return { near, far, fail: (error) => near.fail(error) }
}
