import type * as Http2 from 'node:http2'
import { createRequire } from 'node:module'

/** Bytes that may be under way to a server without its leave, per stream and per connection. */
export const SERVER_WINDOW = 8 * 1024 * 1024

/**
 * Makes what `bind` listens with announce a larger flow-control window. grpc-js offers this to clients only
 * (grpc-node #3058); with HTTP/2's default of 64 KiB an upload over a link of 10 ms moves 3 MB/s, with this 50.
 * The factory of the http2 module is wrapped while `bind` runs and put back after.
 */
export async function withServerWindow<T>(bind: () => Promise<T>): Promise<T> {
  const http2 = createRequire(import.meta.url)('node:http2') as {
    createServer: typeof Http2.createServer
    createSecureServer: typeof Http2.createSecureServer
  }
  const { createServer, createSecureServer } = http2
  const widened = <S extends Http2.Http2Server | Http2.Http2SecureServer>(server: S): S => {
    server.on('session', (session) => session.setLocalWindowSize(2 * SERVER_WINDOW))
    return server
  }
  const wide = <O extends Http2.ServerOptions>(options: O): O => ({
    ...options,
    settings: { ...options.settings, initialWindowSize: SERVER_WINDOW },
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
