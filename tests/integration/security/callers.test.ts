import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTORS, ENVIRONMENTS, type Endpoint } from '../../../src/wire/index.ts'
import { codeOf, knock, plain, siege } from '../../support/besieged-run.ts'
import { agon as command } from '../../support/control.ts'
import { rawClient } from '../../support/raw-stream.ts'

// Each test is a row of the table in docs/security.md.

const ATTACH = ACTORS.methods.attach.path
const JOIN = ACTORS.methods.join.path
const STEP = ENVIRONMENTS.methods.step.path
const camp = siege()

describe('who may come', () => {
  it('no token, a wrong token, the token of a run that is over', async () => {
    const first = await camp.run('over')
    const refused = async (token?: string) => {
      const { address } = first
      const client = rawClient(address, token ?? null)
      const codes = [await knock(plain(address, token))]
      for (const path of [ATTACH, JOIN, STEP]) codes.push(codeOf(await client.open(path).outcome))
      client.close()
      return [...new Set(codes)]
    }
    expect(await refused()).toEqual(['wire/token'])
    expect(await refused(`${first.token}x`)).toEqual(['wire/token'])
    expect(await refused('')).toEqual(['wire/token'])
    await first.completes()
    expect(readdirSync(first.directory).filter((name) => name.startsWith('hub.'))).toEqual([])
    expect(await knock(plain(first.address, first.token))).toBe('wire/unavailable')
    const second = await camp.run('next')
    expect(await knock(plain(second.address, first.token))).toBe('wire/token')
    expect(await knock(plain(second.address, second.token))).toBe('running')
  })

  it('a plain client at the TLS port, an unknown authority, no certificate under mutual TLS', async () => {
    const [own, other] = [join(camp.folder(), 'tls'), join(camp.folder(), 'other-tls')]
    for (const at of [own, other])
      expect((await command(['authority', at, '--host', '127.0.0.1'])).code).toBe(0)
    const pem = (at: string, name: string): string => readFileSync(join(at, name), 'utf8')
    const tls = `{certificate: ${own}/server.pem, key: ${own}/server.key, authority: ${own}/authority.pem, clientAuthority: ${own}/authority.pem}`
    const { address, token } = await camp.run('mutual', `hub: {tls: ${tls}}`)
    const shown = (at: string) => ({
      certificate: pem(at, 'client.pem'),
      key: pem(at, 'client.key'),
    })
    const over = (security: object): Endpoint =>
      ({ address, token, security: { kind: 'tls', ...security } }) as Endpoint
    const authority = pem(own, 'authority.pem')
    expect(await knock(plain(address, token))).toBe('wire/unavailable')
    expect(await knock(over({ authority: pem(other, 'authority.pem'), ...shown(own) }))).toBe(
      'wire/unavailable',
    )
    expect(await knock(over({ authority }))).toBe('wire/unavailable')
    expect(await knock(over({ authority, ...shown(other) }))).toBe('wire/unavailable')
    expect(await knock({ ...over({ authority, ...shown(own) }), token: 'another' })).toBe(
      'wire/token',
    )
    expect(await knock(over({ authority, ...shown(own) }))).toBe('running')
  })
})
