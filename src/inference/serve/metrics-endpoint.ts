import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AgonError } from '../../core/errors.ts'
import { type Address, formatAddress, isLoopback } from '../../wire/index.ts'
import { PROMETHEUS_TYPE } from './prometheus.ts'

/** Names of models are text, whatever a browser makes of them. */
const HEADERS = { 'content-type': PROMETHEUS_TYPE, 'x-content-type-options': 'nosniff' }

/** A listener for Prometheus: plain HTTP, without a token, so loopback only. */
export interface MetricsEndpoint {
  readonly address: Address
  close(): Promise<void>
}

/** Answers `GET /metrics`. @throws AgonError `wire/insecure`, `wire/listen` */
export async function startMetricsEndpoint(
  address: Address,
  metrics: () => string,
): Promise<MetricsEndpoint> {
  const { host } = address
  if (!isLoopback(host))
    throw new AgonError('wire/insecure', `metrics are plain HTTP, and ${host} is not loopback`, {
      remedy: 'listen on loopback and let a proxy with TLS ask there',
    })
  const server = createServer({ requestTimeout: 10_000 }, ({ method, url }, response) => {
    const path = url?.split('?')[0]
    if (path !== '/metrics') response.writeHead(404).end('GET /metrics\n')
    else if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { allow: 'GET' }).end()
    else response.writeHead(200, HEADERS).end(metrics())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AgonError('wire/listen', `metrics cannot listen at ${formatAddress(address)}`, {
          remedy: 'give another address; port 0 lets the system choose one',
          cause,
        }),
      ),
    )
    server.listen(address.port, host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    address: { host, port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
