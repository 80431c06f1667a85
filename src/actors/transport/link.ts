import { AgonError, type ErrorRecord } from '../../core/errors.ts'
import type { Channel, Envelope, Message } from './contract.ts'

/** Why a message was not delivered: told to the owner, for the journal; never silently dropped. */
export interface Refusal {
  readonly reason: 'older-epoch' | 'repeated'
  readonly envelope: Envelope
}

export interface LinkOptions<In extends Message> {
  readonly onMessage: (message: In, epoch: number) => void
  readonly onLost: (error: ErrorRecord) => void
  readonly onRefused?: (refusal: Refusal) => void
}

/** A channel with an epoch and sequence numbers: what a role or the experiment holds of the other. */
export interface Link<Out extends Message> {
  /** Sends in the link's epoch. */
  send(message: Out): void
  close(again?: boolean, failure?: ErrorRecord): Promise<void>
}

/**
 * Ordered, at-most-once delivery within an epoch: a repeated sequence number is refused, a gap means messages were
 * lost and is reported as the loss of the other end. A message of a newer epoch raises the link to it.
 */
export function openLink<In extends Message, Out extends Message>(
  channel: Channel,
  epoch: number,
  options: LinkOptions<In>,
): Link<Out> {
  let current = epoch
  let sent = 0
  let received = 0
  channel.onLost(options.onLost)
  channel.onEnvelope((envelope) => {
    if (envelope.sequence <= received) {
      options.onRefused?.({ reason: 'repeated', envelope })
      return
    }
    if (envelope.sequence !== received + 1) {
      const { code, message } = gap(received, envelope)
      options.onLost({ code, message })
      return
    }
    received = envelope.sequence
    if (envelope.epoch < current) {
      options.onRefused?.({ reason: 'older-epoch', envelope })
      return
    }
    current = envelope.epoch
    options.onMessage(envelope.body as In, envelope.epoch)
  })
  return {
    send: (message) => channel.post({ epoch: current, sequence: ++sent, body: message }),
    close: (again, failure) => channel.close(again, failure),
  }
}

function gap(received: number, envelope: Envelope): AgonError {
  return new AgonError(
    'actor/lost',
    `message ${envelope.sequence} (${envelope.body.type}) came after ${received}: messages were lost`,
  )
}
