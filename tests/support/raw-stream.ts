import { type ClientHttp2Stream, connect } from 'node:http2'
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js'

// What a hostile client does: any bytes on any method, and HTTP/2 streams that keep none of its manners.

/** How a call ended: `details` begin with the code of the error. */
export interface Outcome {
  readonly status: number
  readonly details: string
  /** Messages that came before. */
  readonly answers: readonly Buffer[]
}

export interface RawStream {
  /** One message. */
  write(bytes: Uint8Array): void
  end(): void
  readonly over: boolean
  readonly outcome: Promise<Outcome>
}

const same = (bytes: Buffer): Buffer => bytes

/** A client that calls methods both ways with bytes as they are. */
export function rawClient(
  address: string,
  token: string | null,
  channel: ReturnType<typeof credentials.createInsecure> = credentials.createInsecure(),
): { open(path: string): RawStream; close(): void } {
  const client = new Client(address, channel, {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_retries': 0,
  })
  return {
    open(path) {
      const metadata = new Metadata()
      if (token !== null) metadata.set('authorization', `Bearer ${token}`)
      const stream = client.makeBidiStreamRequest(path, same, same, metadata)
      const answers: Buffer[] = []
      let over = false
      const outcome = new Promise<Outcome>((resolve) => {
        const end = (status: number, details: string): void => {
          over = true
          resolve({ status, details, answers })
        }
        stream.on('data', (bytes: Buffer) => answers.push(bytes))
        stream.on('error', (error: ServiceError) => end(error.code, error.details))
        stream.on('status', ({ code, details }) => code === 0 && end(code, details))
      })
      return {
        write: (bytes) => !over && void stream.write(Buffer.from(bytes)),
        end: () => void stream.end(),
        get over() {
          return over
        },
        outcome,
      }
    },
    close: () => client.close(),
  }
}

/** gRPC's five bytes before a message of `length` bytes. */
export function prefix(length: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt32BE(length, 1)
  return bytes
}

export interface RudeStream {
  readonly stream: ClientHttp2Stream
  /** grpc-status and grpc-message of the end; null where the connection broke off without them. */
  readonly trailers: Promise<{ readonly status: string; readonly message: string } | null>
}

/** An HTTP/2 connection that the test drives by hand. `window` 0: it takes not one byte of an answer. */
export function rudeConnection(
  address: string,
  token: string,
  window?: number,
): { open(path: string): RudeStream; close(): void } {
  const session = connect(
    `http://${address}`,
    window === undefined ? {} : { settings: { initialWindowSize: window } },
  )
  session.on('error', () => {})
  session.setMaxListeners(0)
  return {
    open(path) {
      const stream = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        authorization: `Bearer ${token}`,
      })
      stream.on('error', () => {})
      const trailers: RudeStream['trailers'] = new Promise((resolve) => {
        const told = (headers: Record<string, unknown>): void => {
          if (headers['grpc-status'] === undefined) return
          resolve({
            status: String(headers['grpc-status']),
            message: decodeURIComponent(String(headers['grpc-message'] ?? '')),
          })
        }
        stream.on('response', told)
        stream.on('trailers', told)
        stream.on('close', () => resolve(null))
      })
      if (window !== 0) stream.resume()
      return { stream, trailers }
    },
    close: () => session.destroy(),
  }
}
