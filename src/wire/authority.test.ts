import { X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { AgonError } from '../core/errors.ts'
import { type Authority, createAuthority } from './authority.ts'
import { dial } from './dial.ts'
import { implement } from './implementation.ts'
import { listen } from './listen.ts'
import type { ClientSecurity, ServerSecurity } from './security.ts'
import { EXPERIMENTS } from './services.ts'
import { newToken } from './token.ts'

const NOW = Date.now()
const authority = (name = 'agon'): Promise<Authority> =>
  createAuthority({ name, now: NOW, days: 2 })

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const service = implement(EXPERIMENTS, {
  get: async ({ run }) => ({ id: run }),
  launch: async () => ({}),
  list: async () => ({}),
  watch: (_, stream) => stream.end(),
  stop: async () => ({}),
})

const token = newToken()
async function listener(security: ServerSecurity): Promise<number> {
  const made = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security,
    token,
    services: [service],
  })
  open.push(() => made.close(0))
  return made.address.port
}

function ask(
  port: number,
  security: ClientSecurity,
  { host = '127.0.0.1', shown = token } = {},
): Promise<unknown> {
  const connection = dial({ address: `${host}:${port}`, token: shown, security })
  open.push(() => connection.close())
  return connection.unary(EXPERIMENTS.methods.get, { run: 'a' }, { deadlineMs: 10_000 })
}

const refused = (code: string, message: RegExp = /./) =>
  expect.objectContaining({ name: AgonError.name, code, message: expect.stringMatching(message) })

describe('an authority of one run', () => {
  it('issues certificates for names and addresses that end when it says', async () => {
    const made = await authority('run "1", O=#x')
    const server = await made.issueServer(['node-1', '10.0.0.7', '::1', 'node-1'])
    const [root, leaf] = [made.certificate, server.certificate].map(
      (pem) => new X509Certificate(pem),
    )
    expect(root.ca).toBe(true)
    expect(leaf.ca).toBe(false)
    expect(leaf.checkIssued(root)).toBe(true)
    expect(leaf.verify(root.publicKey)).toBe(true)
    expect(leaf.subject).toBe('CN=run \\"1\\"\\, O=#x hub')
    expect(leaf.checkHost('node-1')).toBe('node-1')
    expect(leaf.checkIP('10.0.0.7')).toBe('10.0.0.7')
    expect(leaf.checkIP('::1')).toBe('::1')
    expect(leaf.checkHost('node-2')).toBeUndefined()
    expect(Date.parse(leaf.validTo)).toBe(Math.floor((NOW + 2 * 86_400_000) / 1000) * 1000)
    expect(Date.parse(leaf.validFrom)).toBeLessThan(NOW)
  })
})

describe('mutual TLS', () => {
  async function mutual() {
    const made = await authority()
    const { certificate, key } = await made.issueServer(['127.0.0.1'])
    const client = await made.issueClient('node')
    const port = await listener({
      kind: 'tls',
      certificate,
      key,
      clientAuthority: made.certificate,
    })
    return { made, port, known: { kind: 'tls', authority: made.certificate, ...client } as const }
  }

  it('lets those in who show a certificate of the authority and the token', async () => {
    const { port, known } = await mutual()
    await expect(ask(port, known)).resolves.toMatchObject({ id: 'a' })
    await expect(ask(port, known, { shown: newToken() })).rejects.toEqual(refused('wire/token'))
  })

  it('refuses a client without a certificate, and one of another authority', async () => {
    const { made, port } = await mutual()
    await expect(ask(port, { kind: 'tls', authority: made.certificate })).rejects.toEqual(
      refused('wire/unavailable', /certificate required|Failed to connect/),
    )
    const stranger = await (await authority()).issueClient('node')
    await expect(
      ask(port, { kind: 'tls', authority: made.certificate, ...stranger }),
    ).rejects.toEqual(refused('wire/unavailable'))
  })

  it('is refused by a client that believes another authority, or dials a name that is not in it', async () => {
    const { port, known } = await mutual()
    const other = await authority()
    await expect(ask(port, { ...known, authority: other.certificate })).rejects.toEqual(
      refused('wire/unavailable', /certificate/),
    )
    await expect(ask(port, known, { host: 'localhost' })).rejects.toEqual(
      refused('wire/certificate', /not for the name that was dialled/),
    )
  })

  it('takes a server certificate for no client of its own', async () => {
    const { made, port } = await mutual()
    const server = await made.issueServer(['127.0.0.1'])
    await expect(
      ask(port, { kind: 'tls', authority: made.certificate, ...server }),
    ).rejects.toEqual(refused('wire/unavailable'))
  })

  it('names the end of a client that speaks in the clear', async () => {
    const { port } = await mutual()
    await expect(ask(port, { kind: 'plain' })).rejects.toMatchObject({
      code: 'wire/unavailable',
      remedy: expect.stringContaining('whether it speaks TLS'),
    })
  })
})
