import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveTarget } from 'agon/attach'
import { openPolicy, type Policy, writePolicyFile } from 'agon/inference'
import { remotePolicy } from 'agon/inference/remote'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { kserveClient } from '../support/kserve-client.ts'
import { Served } from '../support/served.ts'
import { answersOf, drawnInputs } from '../support/small-answers.ts'
import { smallPolicy } from '../support/small-policy.ts'
import { outputOf, smallRequest } from '../support/small-requests.ts'

let folder = ''
let local: Policy
const file = smallPolicy(1)
const at = (name: string): string => join(folder, name)
const inputs = drawnInputs(3)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-serve-security-'))
  await writePolicyFile(at('small.onnx'), file)
  local = await openPolicy(file)
  for (const name of ['tls', 'other'])
    expect((await jsonHere(['authority', at(name), '--host', '127.0.0.1'])).code).toBe(0)
})
afterAll(async () => {
  await local.release()
  rmSync(folder, { recursive: true })
})

const tls = (...more: string[]): readonly string[] => [
  ...[at('small.onnx'), '--tls-cert', at('tls/server.pem'), '--tls-key', at('tls/server.key')],
  ...more,
]

describe('agon serve over TLS with a token', () => {
  let served: Served
  beforeAll(async () => {
    const files = ['--token-file', at('serve.token'), '--rendezvous', at('serve.json')]
    served = new Served(tls('--tls-authority', at('tls/authority.pem'), ...files))
    await served.address()
  })
  afterAll(() => served.stop())

  it('answers a generic client that believes the authority and shows the token', async () => {
    const authority = readFileSync(at('tls/authority.pem'))
    const token = readFileSync(at('serve.token'), 'utf8').trim()
    const client = kserveClient(await served.address(), { authority, token })
    const answer = await client.infer(smallRequest(inputs))
    expect(outputOf(answer, 'logits')).toEqual((await answersOf(local, inputs)).logits)
    client.close()
  })

  it('makes a token for its owner alone, which stands in no other file', async () => {
    expect(statSync(at('serve.token')).mode & 0o777).toBe(0o600)
    const token = readFileSync(at('serve.token'), 'utf8').trim()
    expect(readFileSync(at('serve.json'), 'utf8')).not.toContain(token)
    expect(JSON.stringify(served.told) + served.stderr).not.toContain(token)
  })

  it.each([
    ['no token', undefined, 'tls', 16],
    ['another token', 'x'.repeat(43), 'tls', 16],
    ['another authority', undefined, 'other', 14],
  ] as const)('refuses a client with %s', async (_, token, believed, code) => {
    const authority = readFileSync(at(`${believed}/authority.pem`))
    const shown = { authority, ...(token === undefined ? {} : { token }) }
    const client = kserveClient(await served.address(), shown)
    await expect(client.infer(smallRequest(inputs), 5000)).rejects.toMatchObject({ code })
    client.close()
  })

  it('refuses a client in the clear', async () => {
    const client = kserveClient(await served.address())
    await expect(client.infer(smallRequest(inputs), 5000)).rejects.toMatchObject({ code: 14 })
    client.close()
  })

  it('is found by its rendezvous file, with all that it takes to dial it', async () => {
    expect(JSON.parse(readFileSync(at('serve.json'), 'utf8'))).toMatchObject({
      kind: 'policies',
      address: await served.address(),
      tokenFile: 'serve.token',
      authority: 'tls/authority.pem',
    })
    const policy = await remotePolicy(resolveTarget(at('serve.json'), { env: {} }), 'small')
    expect(policy.card).toEqual(local.card)
    await policy.release()
  })
})

describe('agon serve with certificates of its callers', () => {
  it('answers those of its authority and no others', async () => {
    const served = new Served(tls('--tls-client-ca', at('tls/authority.pem')))
    const security = (of: string) => ({
      kind: 'tls' as const,
      authority: readFileSync(at('tls/authority.pem'), 'utf8'),
      certificate: readFileSync(at(`${of}/client.pem`), 'utf8'),
      key: readFileSync(at(`${of}/client.key`), 'utf8'),
    })
    const ask = async (of: string): Promise<Policy> =>
      remotePolicy({ address: await served.address(), security: security(of) }, 'small')
    const policy = await ask('tls')
    expect(policy.card).toEqual(local.card)
    await policy.release()
    await expect(ask('other')).rejects.toMatchObject({ code: 'wire/unavailable' })
    expect(await served.stop()).toBe(0)
  })
})

describe('the files of agon serve', () => {
  it('keeps a token that is there, and takes its rendezvous file away at the end', async () => {
    const token = readFileSync(at('serve.token'), 'utf8')
    const files = ['--token-file', at('serve.token'), '--rendezvous', at('again.json')]
    const served = new Served([at('small.onnx'), ...files])
    const address = await served.address()
    expect(readFileSync(at('serve.token'), 'utf8')).toBe(token)
    const policy = await remotePolicy(resolveTarget(at('again.json'), { env: {} }), 'small')
    await policy.release()
    await expect(
      remotePolicy({ address, security: { kind: 'plain' } }, 'small'),
    ).rejects.toMatchObject({ code: 'wire/token' })
    expect(await served.stop()).toBe(0)
    expect(existsSync(at('again.json'))).toBe(false)
  })

  it.each([
    ['a certificate without a key', ['--tls-cert', 'FILE'], 'usage/option'],
    ['an authority without a certificate', ['--tls-authority', 'FILE'], 'usage/option'],
    ['a certificate that is none', ['--tls-cert', 'FILE', '--tls-key', 'FILE'], 'wire/certificate'],
  ])('is code 2 for %s', async (_, args, code) => {
    const own = args.map((arg) => (arg === 'FILE' ? at('small.onnx') : arg))
    const served = new Served([at('small.onnx'), ...own])
    expect(await served.ended).toBe(2)
    expect(served.told.at(-1)).toMatchObject({ kind: 'error', code })
  })
})
