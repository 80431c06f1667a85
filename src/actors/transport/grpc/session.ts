import { AgonError } from '../../../core/errors.ts'
import { agon } from '../../../wire/index.ts'
import { openBacklog } from './backlog.ts'
import type { Taking } from './stall.ts'
import type { WireMessage } from './wire-message.ts'

type Frame = agon.v1.Frame
type FrameToSend = agon.v1.Frame.$Properties
const { Kind } = agon.v1

export interface SessionLimits {
  /** The longest role message either way, in bytes. */
  readonly maxMessage: number
  /** Bytes that each side may have under way beyond what the other has consumed. */
  readonly credit: number
}

/** Most bytes of a message in one frame. */
export const CHUNK_BYTES = 4 * 1024 * 1024
/** Messages that may wait for a peer that does not read, as a multiple of the longest message. */
const MOST_WAITING = 4
/** Kinds below this are control: not numbered, not kept, idempotent. */
const FIRST_ROLE_KIND = Kind.KIND_CYCLE_BEGIN

export const isControl = (kind: agon.v1.Kind): boolean => kind < FIRST_ROLE_KIND

/**
 * One side of a conversation that outlives its streams (proto/agon/v1/actors.proto). Role messages are numbered and kept until
 * the other side says that it has them; after a broken stream each side sends again what the other lacks. Pure
 * bookkeeping: streams, timers and their faults are the owner's.
 */
export interface Session extends Taking {
  /** The highest sequence received whole. */
  readonly received: number
  /** Role messages dropped because they had been received before. */
  readonly repeated: number
  /** @throws AgonError `wire/oversize`, `wire/slow` (the other side has not taken what waits for it) */
  post(message: WireMessage): void
  /** From now on frames go to `write`, which says whether it can take more; begins after what the peer has received. */
  connect(write: (frame: FrameToSend) => boolean, peerReceived: number): void
  /** The stream can take more. */
  drained(): void
  /** The stream is gone; what was under way is sent again on the next one. */
  disconnect(): void
  /**
   * Takes a frame: role messages in their order, acknowledgements and credit; other control frames change nothing here.
   * @throws AgonError `wire/gap`, `wire/oversize`, `wire/chunk`; the stream must then be ended, the session can go on
   */
  receive(frame: Frame): void
  /** A control frame, with what this side has received. Nothing happens without a stream. */
  control(kind: agon.v1.Kind, body?: Uint8Array): void
}

/** A message that comes in chunks. Its whole length is reserved at once, so that small chunks take no more than large ones. */
interface Assembly {
  readonly sequence: number
  readonly body: Buffer
  length: number
}

export function openSession(
  limits: SessionLimits,
  onMessage: (message: WireMessage) => void,
): Session {
  const backlog = openBacklog()
  /** How much of the next message is written on this stream. */
  let offset = 0
  /** Bytes of messages begun for the first time, and how many of them the peer has allowed. */
  let spent = 0
  let allowed = limits.credit
  /** The highest sequence whose bytes are in `spent`. */
  let counted = 0
  let received = 0
  let repeated = 0
  let progress = 0
  let consumed = 0
  let granted = limits.credit
  let assembly: Assembly | null = null
  let write: ((frame: FrameToSend) => boolean) | null = null
  let writable = false

  const pump = (): void => {
    while (write !== null && writable) {
      const message = backlog.next()
      if (message === undefined) return
      const { sequence, epoch, kind, correlation, body } = message
      const size = body.length
      if (sequence > counted) {
        // A message that has begun goes on to its end: waiting in the middle could wait for ever.
        if (spent >= allowed) return
        spent += size
        counted = sequence
      }
      if (size <= CHUNK_BYTES) {
        writable = write({ sequence, epoch, received, kind, correlation, body })
        backlog.advance()
        continue
      }
      const end = Math.min(size, offset + CHUNK_BYTES)
      const part = body.subarray(offset, end)
      const place = { offset, total: size }
      writable = write({ sequence, epoch, received, kind, correlation, body: part, ...place })
      offset = end < size ? end : 0
      if (offset === 0) backlog.advance()
    }
  }

  const acknowledge = (sequence: number): void => {
    const before = backlog.bytes
    // What the peer has need not be written any more.
    if (backlog.drop(sequence)) offset = 0
    if (backlog.bytes < before) progress += 1
  }

  const grant = (): void => {
    granted = consumed + limits.credit
    session.control(Kind.KIND_CREDIT, agon.v1.Credit.encode({ granted }).finish())
  }

  const consume = (message: WireMessage): void => {
    received = message.sequence
    consumed += message.body.length
    onMessage(message)
    // Every quarter of the window, so that a peer hears of it before it must wait.
    if (consumed + limits.credit - granted >= limits.credit / 4) grant()
  }

  const assemble = (frame: Frame): void => {
    const { sequence, total, epoch, kind, correlation } = frame
    if (total > limits.maxMessage) throw oversize(total, limits.maxMessage)
    if (frame.offset === 0) assembly = { sequence, body: Buffer.allocUnsafeSlow(total), length: 0 }
    const whole = assembly
    if (
      whole === null ||
      whole.sequence !== sequence ||
      whole.body.length !== total ||
      whole.length !== frame.offset ||
      frame.body.length === 0 ||
      whole.length + frame.body.length > total
    )
      throw new AgonError(
        'wire/chunk',
        `a chunk of message ${sequence} does not follow the one before`,
      )
    whole.body.set(frame.body, whole.length)
    whole.length += frame.body.length
    if (whole.length < total) return
    assembly = null
    consume({ sequence, epoch, kind, correlation, body: whole.body })
  }

  const session: Session = {
    get received() {
      return received
    },
    get repeated() {
      return repeated
    },
    get waiting() {
      return backlog.bytes > 0
    },
    get progress() {
      return progress
    },
    post(message) {
      const size = message.body.length
      if (size > limits.maxMessage) throw oversize(size, limits.maxMessage)
      if (backlog.bytes > MOST_WAITING * limits.maxMessage)
        throw new AgonError(
          'wire/slow',
          `the other side has not taken the last ${backlog.bytes} bytes`,
        )
      backlog.add(message)
      pump()
    },
    connect(to, peerReceived) {
      acknowledge(peerReceived)
      write = to
      writable = true
      backlog.rewind()
      offset = 0
      assembly = null
      // What this side granted may have been lost with the last stream.
      if (consumed > 0) grant()
      pump()
    },
    drained() {
      progress += 1
      writable = true
      pump()
    },
    disconnect() {
      write = null
      assembly = null
    },
    receive(frame) {
      acknowledge(frame.received)
      if (isControl(frame.kind)) {
        // Cumulative: a repeated or overtaken credit does no harm.
        if (frame.kind === Kind.KIND_CREDIT)
          allowed = Math.max(allowed, agon.v1.Credit.decode(frame.body).granted)
        pump()
        return
      }
      if (frame.sequence <= received) {
        repeated += 1
        return
      }
      if (frame.sequence !== received + 1)
        throw new AgonError(
          'wire/gap',
          `message ${frame.sequence} came after ${received}: something between them is missing`,
        )
      if (frame.total > 0) {
        assemble(frame)
        return
      }
      const { sequence, epoch, kind, correlation, body } = frame
      if (body.length > limits.maxMessage) throw oversize(body.length, limits.maxMessage)
      consume({ sequence, epoch, kind, correlation, body })
    },
    control(kind, body) {
      // Control frames may overtake what waits, and may be lost with the stream. A beat says nothing to one who has not yet
      // read what is written, and many would pile up before one who never does.
      if (kind === Kind.KIND_HEARTBEAT && !writable) return
      write?.({ kind, received, body })
    },
  }
  return session
}

function oversize(size: number, most: number): AgonError {
  return new AgonError(
    'wire/oversize',
    `a message of ${size} bytes is longer than the ${most} that this run allows`,
    { remedy: 'raise hub.maxMessageMb, or send less' },
  )
}
