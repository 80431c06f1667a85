import { AgonError, type ErrorRecord, toErrorRecord } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import { agon, decodeError, encodeError } from '../../../wire/index.ts'
import { Breach } from './breach.ts'
import type { FrameStream } from './frame-stream.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { openSession, type Session, type SessionLimits } from './session.ts'
import { watchStall } from './stall.ts'
import type { WireMessage } from './wire-message.ts'

const { Kind } = agon.v1

export interface PeerSettings extends SessionLimits {
  readonly heartbeatMs: number
  readonly missedHeartbeats: number
  /** Milliseconds for which a broken stream may be taken up again. */
  readonly resumeMs: number
}

export interface PeerListener {
  /** @throws AgonError for a message that cannot be read: the other side is then told, and lost */
  message(message: WireMessage): void
  /** The stream broke; another one may come. */
  broken?(error: ErrorRecord): void
  /** The other side is gone for good. Called at most once, and not after `goodbye`. */
  lost(error: ErrorRecord): void
  /** The other side said its last word, and waits for this side's: call `close`. */
  goodbye(again: boolean, failure: ErrorRecord | null): void
}

/** The other end of a conversation: a session and the stream that carries it for now. */
export interface Peer {
  readonly session: Session
  /** Whether a stream carries it. */
  readonly connected: boolean
  /** @throws AgonError `wire/oversize`, `wire/slow` */
  post(message: WireMessage): void
  /** Takes up a stream on which hello and welcome have passed. `received` is what the other side has. */
  use(stream: FrameStream, received: number): void
  /** Says goodbye, and what the run failed of, and waits until the other side has, at most `patienceMs`. */
  close(again: boolean, patienceMs: number, failure?: ErrorRecord): Promise<void>
  /** Ends the conversation now, with an error that the other side is told. */
  fail(error: AgonError): void
}

/** Faults of one stream, not of the conversation: the next stream may do better. */
const RESUMABLE = new Set(['wire/gap', 'wire/chunk', 'wire/garbled', 'wire/silent'])

export function openPeer(settings: PeerSettings, timers: Timers, listener: PeerListener): Peer {
  const session = openSession(settings, (message) => listener.message(message))
  // As long as a broken stream is waited for, and no shorter than a silent one.
  const verdict = watchStall(
    session,
    settings.missedHeartbeats + Math.ceil(settings.resumeMs / settings.heartbeatMs),
  )
  let stream: FrameStream | null = null
  let heartbeat: Heartbeat | null = null
  let impatience: (() => void) | null = null
  let over = false
  let parted = false
  let whenGone: (() => void) | null = null

  const letGo = (error?: AgonError): void => {
    heartbeat?.stop()
    heartbeat = null
    session.disconnect()
    stream?.end(error)
    stream = null
  }
  const finish = (error?: AgonError): void => {
    over = true
    impatience?.()
    letGo(error)
    whenGone?.()
  }
  const lose = (error: ErrorRecord, told?: AgonError): void => {
    if (over) return
    finish(told)
    listener.lost(error)
  }
  const broken = (error: AgonError): void => {
    if (over) return
    letGo(error)
    if (whenGone !== null || parted) {
      finish()
      return
    }
    listener.broken?.(toErrorRecord(error))
    impatience = timers.after(settings.resumeMs, () => lose(lostFor(settings.resumeMs, error)))
  }
  const beat = (): void => {
    const found = verdict()
    if (found === 'taking') session.control(Kind.KIND_HEARTBEAT)
    else if (found === 'stalled') broken(stalled())
    else lose({ code: 'actor/lost', message: stalled().message }, stalled())
  }
  const refuse = (error: AgonError): void => {
    session.control(
      Kind.KIND_REFUSED,
      agon.v1.Error.encode(encodeError(toErrorRecord(error))).finish(),
    )
    if (error instanceof Breach) {
      lose(toErrorRecord(error), error)
      return
    }
    lose(
      {
        code: 'actor/lost',
        message: `it broke the protocol: ${error.message}`,
        fields: { cause: error.code },
      },
      error,
    )
  }
  const part = ({ reason, error }: agon.v1.Goodbye): void => {
    parted = true
    const failure = error == null ? null : decodeError(error)
    if (whenGone !== null) finish()
    else listener.goodbye(reason === agon.v1.Goodbye.Reason.REASON_AGAIN, failure)
  }
  const take = (frame: agon.v1.Frame): void => {
    heartbeat?.heard()
    try {
      if (frame.kind === Kind.KIND_GOODBYE) part(agon.v1.Goodbye.decode(frame.body))
      else if (frame.kind === Kind.KIND_REFUSED) lose(refusedBy(frame))
      else session.receive(frame)
    } catch (cause) {
      const error = cause instanceof AgonError ? cause : unreadable(cause)
      if (RESUMABLE.has(error.code)) broken(error)
      else refuse(error)
    }
  }

  return {
    session,
    get connected() {
      return stream !== null
    },
    post: (message) => session.post(message),
    use(next, received) {
      impatience?.()
      letGo(new AgonError('wire/replaced', 'another stream of the same session took over'))
      stream = next
      next.listen({
        frame: take,
        drained: () => session.drained(),
        ended: (error) => {
          if (stream === next) broken(error ?? new AgonError('wire/ended', 'the stream was ended'))
        },
      })
      heartbeat = startHeartbeat({
        intervalMs: settings.heartbeatMs,
        missed: settings.missedHeartbeats,
        timers,
        beat,
        dead: () => broken(silence(settings)),
      })
      session.connect((frame) => next.write(frame), received)
    },
    async close(again, patienceMs, failure) {
      if (over) return
      if (stream === null) {
        finish()
        return
      }
      const { REASON_AGAIN, REASON_DONE } = agon.v1.Goodbye.Reason
      const reason = again ? REASON_AGAIN : REASON_DONE
      const error = failure === undefined ? undefined : encodeError(failure)
      session.control(Kind.KIND_GOODBYE, agon.v1.Goodbye.encode({ reason, error }).finish())
      if (parted) {
        finish()
        return
      }
      const gone = new Promise<void>((resolve) => {
        whenGone = resolve
      })
      impatience = timers.after(patienceMs, () =>
        finish(new AgonError('wire/goodbye', 'no goodbye came in time')),
      )
      await gone
    },
    fail(error) {
      if (!over) finish(error)
    },
  }
}

function lostFor(resumeMs: number, cause: AgonError): ErrorRecord {
  return {
    code: 'actor/lost',
    message: `it did not come back within ${resumeMs / 1000} s after: ${cause.message}`,
    fields: { cause: cause.code },
  }
}

/** The other side cannot go on with what this one said. */
function refusedBy({ body }: agon.v1.Frame): ErrorRecord {
  const { code, message } = decodeError(agon.v1.Error.decode(body))
  return { code: 'actor/lost', message: `it was refused: ${message}`, fields: { cause: code } }
}

function silence({ heartbeatMs, missedHeartbeats }: PeerSettings): AgonError {
  return new AgonError(
    'wire/silent',
    `nothing was heard for ${missedHeartbeats} heartbeats of ${heartbeatMs} ms`,
  )
}

function stalled(): AgonError {
  return new AgonError('wire/stalled', 'it beats, but takes nothing of what waits for it')
}

function unreadable(cause: unknown): AgonError {
  return new AgonError('wire/garbled', `a body that cannot be read: ${(cause as Error).message}`, {
    cause,
  })
}
