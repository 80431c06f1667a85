import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { createAuthority } from '../../src/wire/authority.ts'

const DAY_MS = 24 * 3_600_000

/** What may be wrong with what a listener shows. */
export const BAD = {
  expired: { from: -3, days: 1, host: '127.0.0.1' },
  'not yet valid': { from: 3, days: 1, host: '127.0.0.1' },
  'of another host': { from: 0, days: 1, host: 'elsewhere.example' },
} as const

export interface Issued {
  readonly certificate: string
  readonly key: string
  /** Believes it, and holds itself: a bundle with an authority that is in date. */
  readonly authority: string
}

export async function issued({
  from,
  days,
  host,
}: (typeof BAD)[keyof typeof BAD]): Promise<Issued> {
  const now = Date.now()
  const own = await createAuthority({ name: 'bad', now: now + from * DAY_MS, days })
  const other = await createAuthority({ name: 'good', now, days: 1 })
  const { certificate, key } = await own.issueServer([host])
  return { certificate, key, authority: own.certificate + other.certificate }
}

export interface Impostor {
  readonly address: string
  close(): void
}

/** Listens with a certificate that no listener of Agon would show, and writes the rendezvous files of a hub for it. */
export async function badHub(
  folder: string,
  { certificate, key, authority }: Issued,
): Promise<Impostor> {
  const server = createServer({ cert: certificate, key, ALPNProtocols: ['h2'] })
  server.on('tlsClientError', () => {})
  server.on('secureConnection', (socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const kinds = { hub: 'hub', runs: 'experiments', env: 'environments' }
  for (const [name, kind] of Object.entries(kinds))
    writeFileSync(
      join(folder, `${name}.json`),
      JSON.stringify({
        ...{ format: 1, kind, address, pid: process.pid },
        ...{ tokenFile: 'hub.token', authority: 'hub.pem' },
      }),
    )
  writeFileSync(join(folder, 'hub.token'), 'x'.repeat(43), { mode: 0o600 })
  writeFileSync(join(folder, 'hub.pem'), authority)
  return { address, close: () => server.close() }
}
