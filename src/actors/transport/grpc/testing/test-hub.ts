import { actorId } from '../../../../core/ids.ts'
import { realTimers } from '../../../../core/timers.ts'
import { ACTORS, agon, implement, type Listener, listen, newToken } from '../../../../wire/index.ts'
import type { Channel, Message } from '../../contract.ts'
import { type Attachment, attach } from '../attach.ts'
import { receiveAttach } from '../attach-service.ts'
import type { Expectation, MessageCodec } from '../contract.ts'
import type { PeerSettings } from '../peer.ts'
import { openPlaces, type Reception } from '../places.ts'

const ARRAYS = { Uint8Array, Int32Array, Float32Array, Float64Array }

/** A codec for tests of transport: any message as JSON, typed arrays included. */
export const textCodec: MessageCodec = {
  encode: (message) => ({
    kind: agon.v1.Kind.KIND_TASKS_ASSIGN,
    correlation: '',
    body: Buffer.from(
      JSON.stringify(message, (_, value) =>
        ArrayBuffer.isView(value)
          ? { array: value.constructor.name, values: [...(value as Uint8Array)] }
          : value,
      ),
    ),
  }),
  decode: (_, body) =>
    JSON.parse(Buffer.from(body).toString(), (_, value) =>
      value?.array === undefined
        ? value
        : ARRAYS[value.array as keyof typeof ARRAYS].from(value.values),
    ) as Message,
  meet: () => {},
}

export const QUICK: PeerSettings = {
  maxMessage: 64 * 1024 * 1024,
  credit: 1024 * 1024,
  heartbeatMs: 50,
  missedHeartbeats: 3,
  resumeMs: 300,
}

/** A student who may come from outside. */
export const STUDENT_AWAITED: Omit<Expectation, 'actor'> = {
  role: 'student',
  slot: 'agent',
  epoch: 1,
  claim: { kind: 'attach' },
  codec: textCodec,
  place: { student: { slot: 'agent', seed: 7, tasks: 4 } },
  deadlineMs: 5000,
}

export interface TestHub {
  readonly listener: Listener
  readonly reception: Reception
  readonly token: string
  readonly presences: string[]
  expect(expectation?: Partial<Expectation>): Channel
  attach(hello?: agon.v1.Hello.$Properties, address?: string): Promise<Attachment>
  close(): Promise<void>
}

/** A hub with one place for a student, on a real listener. */
export async function testHub(settings: PeerSettings = QUICK): Promise<TestHub> {
  const presences: string[] = []
  const actor = actorId('student/agent')
  let sessions = 0
  const reception = openPlaces({
    settings,
    timers: realTimers,
    run: { id: 'r', name: 'test' },
    attachable: [{ actor, role: 'student', slot: 'agent' }],
    newSession: () => `session-${++sessions}`,
    listener: { presence: (_, state) => presences.push(state), admit: () => {} },
  })
  const token = newToken()
  const listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: { kind: 'plain' },
    token,
    services: [implement(ACTORS, { attach: receiveAttach(reception, realTimers), join: () => {} })],
  })
  const own = `127.0.0.1:${listener.address.port}`
  return {
    listener,
    reception,
    token,
    presences,
    expect: (expectation) =>
      reception.expect({
        actor,
        ...STUDENT_AWAITED,
        ...expectation,
      }),
    async attach(hello = {}, address = own) {
      const attachment = await attach({
        endpoint: () => ({ address, token, security: { kind: 'plain' } }),
        hello: { role: agon.v1.Role.ROLE_STUDENT, name: 'test', ...hello },
        codec: () => textCodec,
        timers: realTimers,
        answerMs: 10_000,
      })
      // A hub waits long for the answer to its goodbye.
      attachment.channel.onGoodbye(() => void attachment.channel.close())
      return attachment
    },
    close: () => listener.close(0),
  }
}
