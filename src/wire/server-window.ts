import type * as Http2 from 'node:http2'
import { createRequire } from 'node:module'

/**
 * Which way the bulk of a conversation flows: `up` to the server (snapshots, outcomes, observations to infer from) or `down` to
 * the client (observations of an environment). That way gets the wide window. Never both: Node's HTTP/2 stops reading while a
 * write waits for the socket, and with two wide windows each side waits for the other for ever. Whoever listens and
 * whoever dials must mean the same.
 */
export type Bulk = 'up' | 'down'

/** Bytes that may be under way without leave in a wide window, per stream; HTTP/2's own 64 KiB in a narrow one. */
export const WIDE_WINDOW = 8 * 1024 * 1024

/**
 * Makes what `bind` listens with announce a larger flow-control window. grpc-js offers this to clients only
 * (grpc-node #3058); with HTTP/2's default of 64 KiB an upload over a link of 10 ms moves 3 MB/s, with this 50.
 * The factory of the http2 module is wrapped while `bind` runs and put back after.
 */
export async function withWideServerWindow<T>(bind: () => Promise<T>): Promise<T> {
  const http2 = createRequire(import.meta.url)('node:http2') as {
    createServer: typeof Http2.createServer
    createSecureServer: typeof Http2.createSecureServer
  }
  const { createServer, createSecureServer } = http2
  const widened = <S extends Http2.Http2Server | Http2.Http2SecureServer>(server: S): S => {
    server.on('session', (session) => session.setLocalWindowSize(2 * WIDE_WINDOW))
    return server
  }
  const wide = <O extends Http2.ServerOptions>(options: O): O => ({
    ...options,
    settings: { ...options.settings, initialWindowSize: WIDE_WINDOW },
  })
  http2.createServer = ((options: Http2.ServerOptions) =>
    widened(createServer(wide(options)))) as typeof createServer
  http2.createSecureServer = ((options: Http2.SecureServerOptions) =>
    widened(createSecureServer(wide(options)))) as typeof createSecureServer
  try {
    return await bind()
  } finally {
    http2.createServer = createServer
    http2.createSecureServer = createSecureServer
  }
}
