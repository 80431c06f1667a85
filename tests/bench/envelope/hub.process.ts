import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js'
import { receiveAttach } from '../../../src/actors/transport/grpc/attach-service.ts'
import { openPlaces } from '../../../src/actors/transport/grpc/places.ts'
import { actorId } from '../../../src/core/ids.ts'
import { realTimers } from '../../../src/core/timers.ts'
import { ACTORS, implement, listen } from '../../../src/wire/index.ts'
import { withWideServerWindow } from '../../../src/wire/server-window.ts'
import { BARE_PATH, barePipe, same } from './bare-pipe.ts'
import { obey, type Pipe } from './pipe.ts'
import { bytesCodec, SETTINGS, sessionPipe } from './session-pipe.ts'

// Process entry: a hub with one place, and beside it a bare server with one stream and the same windows.

const PLACE = { actor: actorId('student/agent'), role: 'student', slot: 'agent' } as const

async function openSessionHub(): Promise<{ readonly port: number; readonly pipe: Pipe }> {
  const reception = openPlaces({
    settings: SETTINGS,
    timers: realTimers,
    run: { id: 'bench', name: 'bench' },
    attachable: [PLACE],
    newSession: () => 'bench',
    listener: { presence: () => {}, admit: () => {} },
  })
  const channel = reception.expect({
    ...PLACE,
    epoch: 1,
    claim: { kind: 'attach' },
    codec: bytesCodec,
    place: { student: { slot: 'agent', seed: 1, tasks: 1 } },
    deadlineMs: 60_000,
  })
  const { address } = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: { kind: 'plain' },
    token: null,
    services: [implement(ACTORS, { attach: receiveAttach(reception, realTimers), join: () => {} })],
  })
  return { port: address.port, pipe: sessionPipe(channel) }
}

async function openBare(): Promise<{ readonly port: number; readonly pipe: Promise<Pipe> }> {
  const server = new Server({ 'grpc.max_receive_message_length': -1 })
  const codec = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  }
  const pipe = new Promise<Pipe>((resolve) =>
    server.addService(
      { stream: { path: BARE_PATH, requestStream: true, responseStream: true, ...codec } },
      {
        stream: (stream: ServerDuplexStream<Uint8Array, Uint8Array>) => resolve(barePipe(stream)),
      },
    ),
  )
  const bind = (): Promise<number> =>
    new Promise((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      ),
    )
  return { port: await withWideServerWindow(bind), pipe }
}

const hub = await openSessionHub()
const bare = await openBare()
process.send?.({ session: hub.port, bare: bare.port })
obey({ session: hub.pipe, bare: await bare.pipe })
process.send?.(true)
