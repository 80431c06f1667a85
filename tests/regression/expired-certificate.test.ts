import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BAD, badHub, type Impostor, issued } from '../support/bad-certificate.ts'
import { agonHere } from '../support/command-here.ts'
import { agon, tinyConfig } from '../support/control.ts'

const SAID = {
  expired: /the certificate 'bad hub' expired on \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
  'not yet valid': /the certificate 'bad hub' is not valid before \d{4}-\d\d-\d\d \d\d:\d\d UTC/,
  'of another host': /the certificate is for DNS:elsewhere\.example, not for the name/,
}

let root = ''
const hubs: Impostor[] = []
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'agon-certificate-'))
})
afterAll(() => {
  for (const hub of hubs) hub.close()
  rmSync(root, { recursive: true })
})

async function listening(what: keyof typeof BAD): Promise<{ folder: string; address: string }> {
  const folder = mkdtempSync(join(root, 'hub-'))
  const hub = await badHub(folder, await issued(BAD[what]))
  hubs.push(hub)
  return { folder, address: hub.address }
}

describe('who dials a listener says what is wrong with its certificate', () => {
  it.each(Object.keys(SAID) as (keyof typeof SAID)[])('%s: agon stop', async (what) => {
    const { folder } = await listening(what)
    const { code, stderr } = await agonHere(['stop', folder])
    expect(stderr).toMatch(SAID[what])
    expect(stderr).toContain('[wire/certificate]')
    expect(code).toBe(2)
  })

  it('whatever the command', async () => {
    const { folder, address } = await listening('expired')
    const at = (name: string): string => join(folder, name)
    const config = tinyConfig(folder, 'remote', ['budget: {cycles: 1}'])
    const policy = ['--suite', 'random:1', '--env', 'maze', '--tls-ca', at('hub.pem')]
    const commands = [
      ['watch', folder],
      ['launch', config, '--to', at('runs.json')],
      ['node', '--join', at('hub.json'), '--patience', '1'],
      ['run', config, '--set', `env={remote: ${at('env.json')}}`, '--out', at('out')],
      ['eval', `kserve://${address}/model`, ...policy],
    ]
    // The listener is in this process, in which a command that waits for an environment would keep it from answering.
    for (const args of commands) {
      const { code, stderr } = await agon(args)
      expect(stderr, args[0]).toMatch(SAID.expired)
      expect(code, args[0]).toBe(2)
    }
  })

  it('agon ps, beside what the files of the run say', async () => {
    const { folder } = await listening('expired')
    const run = join(folder, 'run')
    expect(
      (await agonHere(['run', tinyConfig(folder, 'r', ['budget: {cycles: 1}']), '--out', run]))
        .code,
    ).toBe(0)
    for (const name of ['hub.json', 'hub.token', 'hub.pem'])
      cpSync(join(folder, name), join(run, name))
    expect((await agonHere(['ps', run])).stdout).toMatch(SAID.expired)
  })

  it('of an authority that nobody believes, which may yet be replaced: unavailable, but named', async () => {
    const { folder } = await listening('of another host')
    writeFileSync(join(folder, 'hub.pem'), (await issued(BAD['of another host'])).authority)
    const { stderr } = await agonHere(['stop', join(folder, 'hub.json')])
    expect(stderr).toContain('is not of the authority that is believed')
  })
})

describe('who would listen, or dial, with what is out of date is told so at once', () => {
  it.each([
    ['expired', /the certificate 'bad hub' expired on/],
    ['not yet valid', /is not valid before/],
  ] as const)('%s: agon run', async (what, said) => {
    const { certificate, key } = await issued(BAD[what])
    const { code, stderr } = await listenWith(certificate, key)
    expect(stderr).toMatch(said)
    expect([code, stderr.includes('[wire/certificate]')]).toEqual([2, true])
  })

  it('a key of another certificate', async () => {
    const [one, other] = [await issued(BAD['of another host']), await issued(BAD.expired)]
    const { code, stderr } = await listenWith(one.certificate, other.key)
    expect(stderr).toContain("the key is not that of 'bad hub'")
    expect(code).toBe(2)
  })

  it("the dialler's own certificate", async () => {
    const { folder } = await listening('of another host')
    const { certificate, key } = await issued(BAD.expired)
    const own = [join(folder, 'c.pem'), join(folder, 'c.key')]
    writeFileSync(own[0], certificate)
    writeFileSync(own[1], key)
    const shown = ['--tls-cert', own[0], '--tls-key', own[1]]
    const { code, stderr } = await agonHere(['stop', folder, ...shown])
    expect(stderr).toMatch(/the certificate 'bad hub' expired on/)
    expect(code).toBe(2)
  })
})

function listenWith(certificate: string, key: string) {
  const folder = mkdtempSync(join(root, 'listen-'))
  writeFileSync(join(folder, 'c.pem'), certificate)
  writeFileSync(join(folder, 'c.key'), key)
  const tls = ['--tls-cert', join(folder, 'c.pem'), '--tls-key', join(folder, 'c.key')]
  const config = tinyConfig(folder, 'tiny', ['budget: {cycles: 1}'])
  return agonHere(['run', config, '--out', join(folder, 'out'), ...tls])
}
