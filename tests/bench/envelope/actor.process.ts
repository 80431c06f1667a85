import { Client, credentials, Metadata } from '@grpc/grpc-js'
import { attach } from '../../../src/actors/transport/grpc/attach.ts'
import { realTimers } from '../../../src/core/timers.ts'
import { agon } from '../../../src/wire/index.ts'
import { BARE_PATH, barePipe, same } from './bare-pipe.ts'
import { obey } from './pipe.ts'
import { bytesCodec, sessionPipe } from './session-pipe.ts'

// Process entry: an actor that has taken its place, and beside it the other end of a bare stream.

export interface ActorOrder {
  readonly ports: { readonly session: number; readonly bare: number }
}

process.once('message', async ({ ports }: ActorOrder) => {
  const { channel } = await attach({
    endpoint: () => ({ address: `127.0.0.1:${ports.session}`, security: { kind: 'plain' } }),
    hello: { role: agon.v1.Role.ROLE_STUDENT, name: 'bench' },
    codec: () => bytesCodec,
    timers: realTimers,
    answerMs: 10_000,
  })
  const client = new Client(`127.0.0.1:${ports.bare}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
  })
  const stream = client.makeBidiStreamRequest(BARE_PATH, same, same, new Metadata())
  obey({ session: sessionPipe(channel), bare: barePipe(stream) })
  process.send?.(true)
})
