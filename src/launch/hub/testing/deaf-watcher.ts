import { type ClientHttp2Session, connect } from 'node:http2'

/**
 * Asks a hub for its news and takes not one byte of them: its flow-control window is 0.
 * @returns resolves once the hub has answered with headers
 */
export function deafWatcher(address: string, token: string): Promise<ClientHttp2Session> {
  const session = connect(`http://${address}`, { settings: { initialWindowSize: 0 } })
  const stream = session.request({
    ':method': 'POST',
    ':path': '/agon.v1.Experiments/Watch',
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: `Bearer ${token}`,
  })
  // An empty WatchRequest: not compressed, no bytes.
  stream.end(Buffer.alloc(5))
  session.on('error', () => {})
  stream.on('error', () => {})
  return new Promise((resolve) => stream.once('response', () => resolve(session)))
}
