import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attachService, resolveTarget } from '../../src/actors/attach/index.ts'
import { ACTORS, implement, type Listener, listen, newToken } from '../../src/wire/index.ts'
import { NEEDS_PYTHON, PYTHON, python } from '../support/python.ts'

// A hub that takes the hello and says nothing: frozen, or with no end to what it is busy with.

const root = mkdtempSync(join(tmpdir(), 'agon-waits-for-ever-'))
const hub = join(root, 'hub.json')
const absent = join(root, 'absent.json')
let listener: Listener
let hellos = 0

beforeAll(async () => {
  const token = newToken()
  const take = (): void => {
    hellos += 1
  }
  listener = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: { kind: 'plain' },
    token,
    services: [implement(ACTORS, { attach: take, join: () => {} })],
  })
  writeFileSync(join(root, 'token'), token, { mode: 0o600 })
  const address = `127.0.0.1:${listener.address.port}`
  const rendezvous = { format: 1, kind: 'hub', address, pid: 1, tokenFile: 'token' }
  writeFileSync(hub, JSON.stringify(rendezvous))
})
afterAll(async () => {
  await listener.close(0)
  rmSync(root, { recursive: true })
})

const attach = (target: string): Promise<void> =>
  attachService({
    endpoint: () => resolveTarget(target, { env: {} }),
    ...{ name: 'nobody', patienceMs: 1000 },
    waiting: () => {},
    create: () => Promise.reject(new Error('there is no place to take')),
  })

describe.concurrent('an outsider whose hub never answers, or never comes, ends', () => {
  it('in TypeScript, with what it waited for', async () => {
    await expect(attach(hub)).rejects.toMatchObject({ code: 'wire/silent' })
    await expect(attach(absent)).rejects.toMatchObject({ code: 'wire/absent' })
  }, 20_000)

  it.skipIf(PYTHON === null)(
    `in Python ${NEEDS_PYTHON}`,
    async () => {
      const both = [hub, absent].map((target) => python('tests/waiting_service.py', target))
      const [silent, none] = await Promise.all(both.map(({ ended }) => ended))
      expect(silent).toMatchObject({ code: 1 })
      expect(silent.stderr).toMatch(/^error wire\/silent: the hub has not answered the hello/m)
      expect(none).toMatchObject({ code: 1 })
      expect(none.stderr).toMatch(/^error wire\/absent: /m)
    },
    30_000,
  )
})

it('was heard by that hub', () => {
  expect(hellos).toBe(PYTHON === null ? 1 : 2)
})
