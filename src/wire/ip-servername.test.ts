import { once } from 'node:events'
import { createServer, type TLSSocket } from 'node:tls'
import { afterEach, expect, it } from 'vitest'
import { createAuthority } from './authority.ts'
import { dial } from './dial.ts'
import { listen } from './listen.ts'
import { INFERENCE } from './services.ts'

const open: (() => unknown)[] = []
const warnings: string[] = []
const hear = (warning: Error & { code?: string }): void => {
  warnings.push(warning.code ?? warning.name)
}
process.on('warning', hear)
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function certified(...hosts: readonly string[]) {
  const authority = await createAuthority({ name: 'test', now: Date.now(), days: 1 })
  return { authority: authority.certificate, ...(await authority.issueServer(hosts)) }
}

/** What a call without anyone who could answer it ends with. */
function ask(address: string, authority: string): Promise<unknown> {
  const connection = dial({ address, security: { kind: 'tls', authority } })
  open.push(() => connection.close())
  return connection.unary(INFERENCE.methods.serverLive, {}, { deadlineMs: 5000 })
}

it('checks the certificate against the address, without a warning', async () => {
  const { authority, certificate, key } = await certified('127.0.0.1')
  const of = async (pem: { certificate: string; key: string }): Promise<string> => {
    const listener = await listen({
      address: { host: '127.0.0.1', port: 0 },
      security: { kind: 'tls', ...pem },
      token: null,
      services: [],
    })
    open.push(() => listener.close(0))
    return `127.0.0.1:${listener.address.port}`
  }
  // The handshake went well: it is the method that is not there.
  await expect(ask(await of({ certificate, key }), authority)).rejects.toThrow(/unknown|implement/i)
  const other = await certified('10.9.8.7', 'localhost')
  await expect(ask(await of(other), other.authority)).rejects.toMatchObject({
    code: 'wire/certificate',
  })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', hear)
  expect(warnings).not.toContain('DEP0123')
})

it.each([
  ['127.0.0.1', false],
  ['localhost', 'localhost'],
])('names %s in the handshake as %s', async (host, named) => {
  const { authority, certificate, key } = await certified('127.0.0.1', 'localhost')
  const server = createServer({ cert: certificate, key, ALPNProtocols: ['h2'] })
  open.push(() => server.close())
  const seen = new Promise((resolve) =>
    server.on('secureConnection', (socket: TLSSocket & { servername?: unknown }) => {
      resolve(socket.servername)
      socket.destroy()
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const asked = ask(`${host}:${port}`, authority).catch(() => {})
  expect(await seen).toBe(named)
  await asked
})
