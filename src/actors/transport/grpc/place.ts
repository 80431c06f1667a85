import { AgonError, type ErrorRecord } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import { agon } from '../../../wire/index.ts'
import type { Channel, Envelope } from '../contract.ts'
import type { ActorPresence, Expectation } from './contract.ts'
import type { FrameStream } from './frame-stream.ts'
import { openPeer, type Peer, type PeerSettings } from './peer.ts'
import { PROTOCOL_VERSION } from './versions.ts'

/** How long an actor may take to let go of its threads when it is told to. */
const GOODBYE_MS = 15_000

/** One place: the conversation with whoever takes it, and the channel that the experiment holds of it. */
export interface Place {
  readonly expectation: Expectation
  /** Names the conversation in the welcome. */
  readonly session: string
  readonly channel: Channel
  /** Someone has taken it, whether a stream carries it now or not. */
  readonly taken: boolean
  readonly connected: boolean
  readonly over: boolean
  /** The actor of `hello` takes the place, or comes back to it, on this stream. */
  welcome(hello: agon.v1.Hello, stream: FrameStream): void
  /** Nobody will speak here any more. */
  lose(error: ErrorRecord, told?: AgonError): void
}

export interface PlaceOptions {
  readonly settings: PeerSettings
  readonly timers: Timers
  readonly run: { readonly id: string; readonly name: string }
  readonly presence: (state: ActorPresence, name: string) => void
  /** The place is of no more use: forget it. */
  readonly forget: () => void
}

export function openPlace(expectation: Expectation, session: string, options: PlaceOptions): Place {
  const { settings, timers, presence } = options
  const { codec, actor, epoch } = expectation
  let onEnvelope: ((envelope: Envelope) => void) | null = null
  let onLost: ((error: ErrorRecord) => void) | null = null
  let name = ''
  let taken = false
  let over = false

  const finish = (state: ActorPresence): void => {
    over = true
    callOff()
    options.forget()
    presence(state, name)
  }
  const lose = (error: ErrorRecord, told?: AgonError): void => {
    if (over) return
    finish('lost')
    peer.fail(told ?? new AgonError(error.code, error.message))
    onLost?.(error)
  }
  const peer: Peer = openPeer(settings, timers, {
    message({ kind, body, sequence, epoch: at }) {
      onEnvelope?.({ epoch: at, sequence, body: codec.decode(kind, body) })
    },
    broken: () => presence('broken', name),
    lost: (error) =>
      // What has another code than of a loss names the actor itself.
      lose(
        error.code === 'actor/lost'
          ? { ...error, message: `${actor} is gone: ${error.message}` }
          : error,
      ),
    goodbye() {
      void peer.close(false, GOODBYE_MS)
      lose({ code: 'actor/lost', message: `${actor} said goodbye in the middle of the run` })
    },
  })
  const callOff = timers.after(expectation.deadlineMs, () => {
    if (!taken) lose(nobodyCame(expectation))
  })
  const channel: Channel = {
    post({ epoch: at, sequence, body }) {
      if (over) return
      try {
        const { kind, correlation, body: bytes } = codec.encode(body)
        peer.post({ sequence, epoch: at, kind, correlation, body: bytes })
      } catch (cause) {
        const error = cause as AgonError
        lose({ code: 'actor/lost', message: `${actor} cannot be told: ${error.message}` }, error)
      }
    },
    onEnvelope: (listener) => {
      onEnvelope = listener
    },
    onLost: (listener) => {
      onLost = listener
    },
    async close(again = false, failure) {
      if (over) return
      finish('closed')
      await peer.close(again, GOODBYE_MS, failure)
    },
  }
  presence('awaited', '')

  return {
    expectation,
    session,
    channel,
    get taken() {
      return taken
    },
    get connected() {
      return peer.connected
    },
    get over() {
      return over
    },
    welcome(hello, stream) {
      if (!taken) {
        taken = true
        name = hello.name
        callOff()
        codec.meet(hello)
      }
      const welcome = agon.v1.Welcome.encode({
        version: PROTOCOL_VERSION,
        session,
        received: peer.session.received,
        epoch,
        actor,
        run: options.run.id,
        experiment: options.run.name,
        heartbeatMs: settings.heartbeatMs,
        missedHeartbeats: settings.missedHeartbeats,
        credit: settings.credit,
        maxMessage: settings.maxMessage,
        resumeMs: settings.resumeMs,
        ...expectation.place,
      }).finish()
      stream.write({ kind: agon.v1.Kind.KIND_WELCOME, body: welcome })
      presence('working', name)
      peer.use(stream, hello.received)
    },
    lose,
  }
}

function nobodyCame({ actor, role, claim, deadlineMs }: Expectation): ErrorRecord {
  const who = claim.kind === 'attach' ? `no ${role} attached` : 'no node made the actor'
  return {
    code: 'attach/deadline',
    message: `${who} for ${actor} within ${deadlineMs / 1000} s`,
    remedy: 'start it, or raise hub.attachSeconds; then `agon resume`',
  }
}
