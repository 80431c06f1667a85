import { createConnection } from 'node:net'
import { AgonError } from '../core/errors.ts'
import { decodeBounded } from './bounded-decode.ts'
import { MAX_MESSAGE_BYTES } from './listen.ts'
import { type Method, reusingSerializer } from './method.ts'

/** What is written and heard of a stream of requests and answers, whatever carries it. */
export interface AskStream<Q, A> {
  on(event: 'data', listener: (answer: A) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'end', listener: () => void): unknown
  write(request: Q): unknown
  end(): unknown
}

/** Bytes of a frame's length, little-endian. */
const PREFIX = 4
/** Whoever answers with more is refused before it is read. */
const MOST_FRAME_BYTES = MAX_MESSAGE_BYTES * 2
/** What one read takes at most. */
const READ_BYTES = 1024 * 1024

/**
 * A stream of one method over a Unix socket of this machine: the token, then each request and answer as a frame, without
 * gRPC around them. Null where nobody listens there: the file may be of another machine.
 */
export function dialLocal<Q, A>(
  path: string,
  token: string,
  of: Method<Q, unknown, unknown, A, 'bidi'>,
): Promise<AskStream<Q, A> | null> {
  const listeners: {
    data?: (answer: A) => void
    error?: (error: Error) => void
    end?: () => void
  } = {}
  const frames = frameReader((bytes) => listeners.data?.(decodeBounded(of.answer, bytes)))
  return new Promise((resolve) => {
    let connected = false
    const socket = createConnection({
      path,
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback(count, buffer) {
          try {
            frames(buffer.subarray(0, count))
          } catch (error) {
            listeners.error?.(error as Error)
            socket.destroy()
          }
          return true
        },
      },
    })
    const serialize = reusingSerializer(of.request)
    const send = (bytes: Uint8Array): void => {
      const frame = Buffer.allocUnsafe(PREFIX + bytes.length)
      frame.writeUInt32LE(bytes.length)
      frame.set(bytes, PREFIX)
      socket.write(frame)
    }
    socket.on('connect', () => {
      connected = true
      send(Buffer.from(token))
      resolve({
        on(event: 'data' | 'error' | 'end', listener: never) {
          listeners[event] = listener
        },
        write: (request) => send(serialize(request)),
        end: () => socket.end(),
      })
    })
    socket.on('error', (error) => {
      if (!connected) resolve(null)
      else listeners.error?.(unavailable(error.message))
    })
    socket.on('close', () => listeners.end?.())
  })
}

/** Cuts what comes into frames; each is handed on as bytes of its own. @throws AgonError `wire/oversize` */
function frameReader(take: (bytes: Uint8Array) => void): (chunk: Uint8Array) => void {
  const prefix = Buffer.alloc(PREFIX)
  let known = 0
  let frame: Buffer | null = null
  let filled = 0
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (frame === null) {
        const count = Math.min(PREFIX - known, chunk.length - at)
        prefix.set(chunk.subarray(at, at + count), known)
        known += count
        at += count
        if (known < PREFIX) return
        const size = prefix.readUInt32LE()
        if (size > MOST_FRAME_BYTES)
          throw new AgonError(
            'wire/oversize',
            `a frame of ${size} bytes; at most ${MOST_FRAME_BYTES}`,
          )
        frame = Buffer.allocUnsafe(size)
        filled = 0
      }
      const count = Math.min(frame.length - filled, chunk.length - at)
      frame.set(chunk.subarray(at, at + count), filled)
      filled += count
      at += count
      if (filled === frame.length) {
        const whole = frame
        frame = null
        known = 0
        take(whole)
      }
    }
  }
}

const unavailable = (why: string): AgonError =>
  new AgonError('wire/unavailable', `the socket of this machine broke: ${why}`)
