import { AgonError, type ErrorRecord, fromErrorRecord } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import {
  ACTORS,
  agon,
  type Connection,
  decodeError,
  dial,
  type Endpoint,
} from '../../../wire/index.ts'
import type { Channel, Envelope } from '../contract.ts'
import type { MessageCodec } from './contract.ts'
import { clientFrames, type FrameStream } from './frame-stream.ts'
import { openPeer, type Peer } from './peer.ts'
import { PROTOCOL_VERSION } from './versions.ts'

const { Kind } = agon.v1

/** Milliseconds between two attempts to dial again: the first, and the longest. */
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000
const GOODBYE_MS = 5000

export interface AttachOptions {
  /** Asked at every attempt: a hub that was started again listens somewhere else. */
  readonly endpoint: () => Endpoint
  readonly hello: Omit<agon.v1.Hello.$Properties, 'versions' | 'session' | 'received'>
  /** Made once the place is known. */
  readonly codec: (welcome: agon.v1.Welcome) => MessageCodec
  readonly timers: Timers
  /** Milliseconds that the hub may take to answer a hello. */
  readonly answerMs: number
}

/** The actor's end of the channel to the hub. */
export interface AttachedChannel extends Channel {
  /** The hub has said goodbye: let go, then `close`. `again`: attach anew. `failure`: what the run failed of. */
  onGoodbye(listener: (again: boolean, failure: ErrorRecord | null) => void): void
}

export interface Attachment {
  readonly welcome: agon.v1.Welcome
  readonly channel: AttachedChannel
  /** The connection at hand, for other calls to the hub. */
  connection(): Connection
}

/**
 * Takes a place at a hub and keeps it over broken streams.
 * @throws AgonError what the hub refuses with (`attach/*`, `wire/token`, …), `wire/unavailable` where nobody listens, and
 * `wire/silent` where the hello has no answer in time
 */
export async function attach(options: AttachOptions): Promise<Attachment> {
  const { timers } = options
  let connection: Connection | null = null
  const open = async (session: string, received: number) => {
    connection?.close()
    connection = dial(options.endpoint())
    const hello = { ...options.hello, versions: [PROTOCOL_VERSION], session, received }
    return greet(connection, hello, options)
  }
  const { welcome, frames } = await open('', 0).catch((error) => {
    connection?.close()
    throw error
  })
  const codec = options.codec(welcome)
  let onEnvelope: ((envelope: Envelope) => void) | null = null
  let onLost: ((error: ErrorRecord) => void) | null = null
  let onGoodbye: ((again: boolean, failure: ErrorRecord | null) => void) | null = null
  let over = false
  let pause = FIRST_PAUSE_MS

  const peer: Peer = openPeer(welcome, timers, {
    message: ({ epoch, sequence, kind, body }) =>
      onEnvelope?.({ epoch, sequence, body: codec.decode(kind, body) }),
    broken: () => {
      pause = FIRST_PAUSE_MS
      redial()
    },
    lost(error) {
      over = true
      connection?.close()
      onLost?.(error)
    },
    goodbye: (again, failure) => onGoodbye?.(again, failure),
  })
  const redial = (): void => {
    timers.after(pause, () => {
      if (over || peer.connected) return
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
      open(welcome.session, peer.session.received).then(
        (again) => {
          if (over) again.frames.end()
          else peer.use(again.frames, again.welcome.received)
        },
        (error) => {
          if (over) return
          if (!FINAL.has(error.code)) {
            redial()
            return
          }
          over = true
          peer.fail(error)
          connection?.close()
          onLost?.({ code: 'actor/lost', message: error.message, fields: { cause: error.code } })
        },
      )
    })
  }
  peer.use(frames, welcome.received)
  return {
    welcome,
    connection: () => connection!,
    channel: {
      post({ epoch, sequence, body }) {
        if (over) return
        const { kind, correlation, body: bytes } = codec.encode(body)
        peer.post({ sequence, epoch, kind, correlation, body: bytes })
      },
      onEnvelope: (listener) => {
        onEnvelope = listener
      },
      onLost: (listener) => {
        onLost = listener
      },
      onGoodbye: (listener) => {
        onGoodbye = listener
      },
      async close(again = false) {
        if (over) return
        await peer.close(again, GOODBYE_MS)
        over = true
        connection?.close()
      },
    },
  }
}

/** The hub answers, and went on without this actor. */
const FINAL = new Set(['wire/session', 'wire/token', 'wire/version', 'run/over'])

/** Hello, and what comes back. */
function greet(
  connection: Connection,
  hello: agon.v1.Hello.$Properties,
  { timers, answerMs }: Pick<AttachOptions, 'timers' | 'answerMs'>,
): Promise<{ readonly welcome: agon.v1.Welcome; readonly frames: FrameStream }> {
  const frames = clientFrames(connection.bidi(ACTORS.methods.attach), connection.address)
  return new Promise((resolve, reject) => {
    // Heartbeats begin with the welcome: until then nothing else tells a slow hub from one that is frozen.
    const callOff = timers.after(answerMs, () => {
      const error = unanswered(answerMs)
      frames.end(error)
      reject(error)
    })
    frames.listen({
      frame({ kind, body }) {
        callOff()
        if (kind === Kind.KIND_WELCOME) resolve({ welcome: agon.v1.Welcome.decode(body), frames })
        else if (kind === Kind.KIND_REFUSED)
          reject(fromErrorRecord(decodeError(agon.v1.Error.decode(body))))
        else reject(new AgonError('wire/hello', `the hub's first frame is of kind ${kind}`))
      },
      drained: () => {},
      ended(error) {
        callOff()
        reject(
          error ?? new AgonError('wire/unavailable', 'the hub ended the stream without a word'),
        )
      },
    })
    frames.write({ kind: Kind.KIND_HELLO, body: agon.v1.Hello.encode(hello).finish() })
  })
}

const unanswered = (ms: number): AgonError =>
  new AgonError('wire/silent', `the hub has not answered the hello within ${ms / 1000} s`, {
    remedy: 'see whether its run still goes on; be more patient to wait longer',
  })
