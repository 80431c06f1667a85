import type { Channel, Envelope } from '../../../src/actors/transport/contract.ts'
import type { MessageCodec } from '../../../src/actors/transport/grpc/contract.ts'
import type { PeerSettings } from '../../../src/actors/transport/grpc/peer.ts'
import { agon } from '../../../src/wire/index.ts'
import type { Pipe } from './pipe.ts'

/** The settings of a run that sets none. */
export const SETTINGS: PeerSettings = {
  heartbeatMs: 2000,
  missedHeartbeats: 3,
  resumeMs: 30_000,
  credit: 16 * 2 ** 20,
  maxMessage: 64 * 2 ** 20,
}

/** Bodies as they are, so that the envelope alone is measured. */
export const bytesCodec: MessageCodec = {
  encode: (message) => ({
    kind: agon.v1.Kind.KIND_TASKS_ASSIGN,
    correlation: '',
    body: message as unknown as Uint8Array,
  }),
  decode: (_, body) => body as never,
  meet: () => {},
}

export function sessionPipe(channel: Channel): Pipe {
  let sequence = 0
  return {
    send(body) {
      sequence += 1
      channel.post({ epoch: 1, sequence, body } as unknown as Envelope)
      return true
    },
    onDrain: () => {},
    onBody: (listener) => channel.onEnvelope(({ body }) => listener(body as never)),
  }
}
