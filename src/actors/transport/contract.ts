import type { ErrorRecord } from '../../core/errors.ts'

/**
 * What two actors say to each other travels in envelopes over a channel: in-process, across threads, or over
 * gRPC, chosen when actors are placed and the same to both ends.
 */
export interface Envelope {
  /** Raised each time the run goes back to a cut; a message of an older epoch is refused. */
  readonly epoch: number
  /** 1, 2, 3 … per direction of a channel; a repeated number is dropped, a gap is an error. */
  readonly sequence: number
  /** Structured-clonable plain data, never mutated after sending. */
  readonly body: Message
}

export interface Message {
  readonly type: string
}

/** One end of a connection between two actors. Delivery is asynchronous, in order, at most once. */
export interface Channel {
  post(envelope: Envelope): void
  /** One listener; set it before the first turn of the event loop after making the channel. */
  onEnvelope(listener: (envelope: Envelope) => void): void
  /** Called once, when the other end is gone without `close` (thread death, broken connection). */
  onLost(listener: (error: ErrorRecord) => void): void
  /**
   * Lets go of the connection; resolves once what only it kept alive (a worker thread, a hosted actor) has ended.
   * @param again whether another connection to the same actor will follow, as when the run goes back to a cut
   * @param failure what the run failed of, for actors of other programs to tell
   */
  close(again?: boolean, failure?: ErrorRecord): Promise<void>
}
