import type { Pipe } from './pipe.ts'

/** Either end of a stream of grpc-js. */
interface BareStream {
  write(body: Uint8Array): boolean
  on(event: 'drain', listener: () => void): unknown
  on(event: 'data', listener: (body: Uint8Array) => void): unknown
}

export const BARE_PATH = '/bare/stream'
export const same = (bytes: Buffer): Buffer => bytes

/** A stream of grpc-js with nothing around it. */
export function barePipe(stream: BareStream): Pipe {
  let drained = (): void => {}
  let heard = (_: Uint8Array): void => {}
  stream.on('drain', () => drained())
  stream.on('data', (body) => heard(body))
  return {
    send: (body) => stream.write(body),
    onDrain: (listener) => {
      drained = listener
    },
    onBody: (listener) => {
      heard = listener
    },
  }
}
