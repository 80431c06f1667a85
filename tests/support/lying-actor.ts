import {
  type Attachment,
  type AttachOptions,
  attach,
} from '../../src/actors/transport/grpc/attach.ts'
import type { MessageCodec } from '../../src/actors/transport/grpc/contract.ts'
import { realTimers } from '../../src/core/timers.ts'
import { agon, type decodeError, type Endpoint } from '../../src/wire/index.ts'

const { Kind } = agon.v1

/** A role message as bytes, whatever they say. */
export interface Saying {
  readonly type: 'saying'
  readonly kind: agon.v1.Kind
  readonly bytes: Uint8Array
}

export const saying = <P>(
  kind: agon.v1.Kind,
  codec: { encode(message: P): { finish(): Uint8Array } },
  message: P,
): Saying => ({ type: 'saying', kind, bytes: codec.encode(message).finish() })

/** What is said on hearing a message of the hub. */
export interface Heard {
  readonly kind: agon.v1.Kind
  readonly body: Uint8Array
}
export type Script = (heard: Heard) => readonly Saying[]

function measured({ body }: Heard): readonly Saying[] {
  const { key, episodes } = agon.v1.Measure.decode(body)
  const results = episodes.map(() => ({ return: 0, length: 1 }))
  return [saying(Kind.KIND_MEASURED, agon.v1.Measured, { key, results })]
}

/** The place of one who was let go a moment ago is open again in another. */
async function whenFree(options: AttachOptions): Promise<Attachment> {
  for (;;) {
    try {
      return await attach(options)
    } catch (error) {
      if ((error as { code?: string }).code !== 'attach/occupied') throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Bytes as they are, both ways. */
const raw: MessageCodec = {
  encode: (message) => {
    const { kind, bytes } = message as Saying
    return { kind, correlation: '', body: bytes }
  },
  decode: (kind, body) => ({ type: 'heard', kind, body }) as never,
  meet: () => {},
}

/**
 * An actor with the token that plays by a script of its own. Resolves with why the hub ended it.
 * @param role of the hello
 */
export async function attachLiar(
  endpoint: Endpoint,
  role: agon.v1.Role,
  script: Script,
): Promise<string> {
  const { channel, welcome } = await whenFree({
    endpoint: () => endpoint,
    timers: realTimers,
    answerMs: 10_000,
    codec: () => raw,
    hello: {
      role,
      name: 'liar',
      capabilities: { deterministic: true, snapshots: true },
    },
  })
  let sequence = 0
  const say = (message: Saying): void =>
    channel.post({ epoch: welcome.epoch, sequence: ++sequence, body: message })
  channel.onEnvelope(({ body }) => {
    const heard = body as unknown as Heard
    // Measured before its first cycle, a student that exports nothing answers truly.
    const answers = heard.kind === Kind.KIND_MEASURE ? measured(heard) : script(heard)
    answers.forEach(say)
  })
  const ended = new Promise<string>((resolve) => {
    channel.onGoodbye(() => {
      void channel.close()
      resolve('goodbye')
    })
    channel.onLost((error) => resolve(codeOf(error)))
  })
  const ready = { offers: ['return'], needs: ['return'] }
  say(saying(Kind.KIND_READY, agon.v1.Ready, ready))
  return ended
}

const codeOf = ({ code, fields }: ReturnType<typeof decodeError>): string =>
  typeof fields?.cause === 'string' ? fields.cause : code
