import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_HUB } from '../../run/config/default-hub.ts'
import type { HubConfig } from '../../run/contract.ts'
import { createAuthority } from '../../wire/authority.ts'
import {
  dial,
  EXPERIMENTS,
  implement,
  newToken,
  readRendezvous,
  readTokenFile,
  resolveTarget,
} from '../../wire/index.ts'
import { openHub } from './open-hub.ts'

const open: (() => unknown)[] = []
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agon-hub-'))
})
afterEach(async () => {
  for (const close of open.splice(0)) await close()
  rmSync(folder, { recursive: true })
})

const silent = implement(EXPERIMENTS, {
  launch: async () => ({}),
  get: async () => ({}),
  list: async () => ({}),
  watch: (_, stream) => stream.end(),
  stop: async () => ({}),
})

const hubWith = async (changes: Partial<HubConfig> = {}, token = newToken()) => {
  const hub = await openHub({ config: { ...DEFAULT_HUB, ...changes }, token, services: [] })
  open.push(() => hub.close(0))
  return hub
}

describe('openHub', () => {
  it('is found by its files while it listens, and replaces those of a killed one', async () => {
    writeFileSync(join(folder, 'hub.token'), 'old', { mode: 0o644 })
    writeFileSync(join(folder, 'hub.pem'), 'old')
    const token = newToken()
    const hub = await hubWith({}, token)
    const file = hub.publish(folder, 'hub', 'abc')
    expect(readdirSync(folder).sort()).toEqual(['hub.json', 'hub.token'])
    expect(readTokenFile(join(folder, 'hub.token'))).toBe(token)
    expect(statSync(join(folder, 'hub.token')).mode & 0o777).toBe(0o600)
    expect(readRendezvous(file)).toEqual({
      format: 1,
      kind: 'hub',
      address: hub.address,
      run: 'abc',
      pid: process.pid,
      tokenFile: 'hub.token',
    })
    expect(hub.address).toMatch(/^127\.0\.0\.1:[1-9]\d*$/)
    const before = process.listenerCount('exit')
    await hub.close(0)
    expect(readdirSync(folder)).toEqual([])
    expect(process.listenerCount('exit')).toBe(before - 1)
  })

  it('tells others a host that they can dial', async () => {
    const everywhere = await hubWith({ listen: '0.0.0.0:0', insecure: true })
    expect(everywhere).toMatchObject({ exposed: true })
    expect(everywhere.address.split(':')[0]).toBe(hostname())
    const named = await hubWith({ listen: '0.0.0.0:0', insecure: true, advertise: 'login1' })
    expect(named.address).toMatch(/^login1:\d+$/)
    expect(await hubWith()).toMatchObject({ exposed: false })
  })

  it('speaks TLS to those who believe its authority, and asks for a certificate of theirs', async () => {
    const authority = await createAuthority({ name: 'test', now: Date.now(), days: 1 })
    const [ours, theirs] = [
      await authority.issueServer(['127.0.0.1']),
      await authority.issueClient('us'),
    ]
    const pem = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const tls = {
      certificate: pem('ours.crt', ours.certificate),
      key: pem('ours.key', ours.key),
      authority: pem('ca.crt', authority.certificate),
    }
    const hints = { certificate: pem('us.crt', theirs.certificate), key: pem('us.key', theirs.key) }
    const ask = async (changes: Partial<HubConfig>, extra = {}) => {
      const run = mkdtempSync(join(folder, 'run-'))
      const hub = await openHub({
        config: { ...DEFAULT_HUB, ...changes },
        token: newToken(),
        services: [silent],
      })
      open.push(() => hub.close(0))
      const endpoint = resolveTarget(hub.publish(run, 'hub'), { env: {}, ...extra })
      expect(readdirSync(run).sort()).toEqual(['hub.json', 'hub.pem', 'hub.token'])
      const connection = dial(endpoint)
      open.push(() => connection.close())
      const answer = connection.unary(EXPERIMENTS.methods.list, {}).then(
        () => 'answered',
        ({ code }) => code,
      )
      const plain = dial({ ...endpoint, security: { kind: 'plain' } })
      open.push(() => plain.close())
      const { code } = await plain.unary(EXPERIMENTS.methods.list, {}).catch((error) => error)
      return [await answer, code]
    }
    expect(await ask({ tls })).toEqual(['answered', 'wire/unavailable'])
    const mutual = { ...tls, clientAuthority: tls.authority }
    expect(await ask({ tls: mutual })).toEqual(['wire/unavailable', 'wire/unavailable'])
    expect(await ask({ tls: mutual }, hints)).toEqual(['answered', 'wire/unavailable'])
  })

  it('says why it cannot listen', async () => {
    await expect(hubWith({ listen: '0.0.0.0:0' })).rejects.toMatchObject({ code: 'wire/insecure' })
    const taken = createServer()
    const port = await new Promise<number>((resolve) =>
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port)),
    )
    open.push(() => taken.close())
    await expect(hubWith({ listen: `127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'wire/listen',
    })
    const none = join(folder, 'none.pem')
    await expect(hubWith({ tls: { certificate: none, key: none } })).rejects.toMatchObject({
      code: 'wire/certificate',
      place: none,
    })
    expect(existsSync(join(folder, 'hub.json'))).toBe(false)
  })
})
