import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, credentials, loadPackageDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { afterEach, describe, expect, it } from 'vitest'
import { AgonError } from '../core/errors.ts'
import { dial } from './dial.ts'
import { endWith, Garbled, implement } from './implementation.ts'
import { type Listener, listen } from './listen.ts'
import { resolveTarget, writeRendezvous } from './rendezvous.ts'
import { ACTORS, ENVIRONMENTS, EXPERIMENTS } from './services.ts'
import { newToken, writeTokenFile } from './token.ts'

const PLAIN = { kind: 'plain' } as const
const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const experiments = implement(EXPERIMENTS, {
  launch: async () => {
    throw new AgonError('config/invalid', 'budget is missing', {
      place: 'config:1:1',
      remedy: 'add one',
      fields: { problems: [1, 2] },
    })
  },
  get: async ({ run }) => ({ id: run, cycles: 7 }),
  list: () => new Promise(() => {}),
  watch: (_, stream) => {
    stream.write({ note: { text: 'one' } })
    endWith(stream, new AgonError('run/unknown', 'no such run'))
  },
  stop: async () => ({}),
})
const environments = implement(ENVIRONMENTS, {
  describe: async () => ({ id: 'maze' }),
  sampleLevels: async () => ({}),
  mutateLevels: async () => ({}),
  describeLevels: async () => ({}),
  parseLevels: async () => ({}),
  crossLevels: async () => ({}),
  toGenome: async () => ({}),
  fromGenome: async () => ({}),
  resampleLevels: async () => ({}),
  drawStates: async () => ({}),
  step(stream) {
    stream.on('data', (request) => {
      if (request instanceof Garbled) endWith(stream, request.error)
      else stream.write({ rows: request.open?.slots ?? 0 })
    })
    stream.on('end', () => stream.end())
  },
})

async function listener(token: string | null): Promise<Listener> {
  const made = await listen({
    address: { host: '127.0.0.1', port: 0 },
    security: PLAIN,
    token,
    services: [experiments, environments],
  })
  open.push(() => made.close(0))
  return made
}

function caller({ address }: Listener, token?: string) {
  const endpoint = { address: `127.0.0.1:${address.port}`, security: PLAIN }
  const connection = dial(token === undefined ? endpoint : { ...endpoint, token })
  open.push(() => connection.close())
  return connection
}

describe('a listener', () => {
  it('answers those who show its token and no one else', async () => {
    const token = newToken()
    const there = await listener(token)
    const { get } = EXPERIMENTS.methods
    await expect(caller(there, token).unary(get, { run: 'a' })).resolves.toMatchObject({
      cycles: 7,
    })
    for (const wrong of [undefined, newToken(), `${token}x`])
      await expect(caller(there, wrong).unary(get, { run: 'a' })).rejects.toMatchObject({
        code: 'wire/token',
        remedy: expect.stringContaining('AGON_TOKEN'),
      })
  })

  it('carries an error whole, and its code where a generic client looks', async () => {
    const there = await listener(null)
    const connection = caller(there)
    await expect(connection.unary(EXPERIMENTS.methods.launch, {})).rejects.toMatchObject({
      code: 'config/invalid',
      message: 'budget is missing',
      place: 'config:1:1',
      remedy: 'add one',
      fields: { problems: [1, 2] },
    })
    const stream = connection.serverStream(EXPERIMENTS.methods.watch, {})
    const notes: unknown[] = []
    const ended = await new Promise<{ details: string; code: number }>((resolve) => {
      stream.on('data', (event) => notes.push(event.note?.text))
      stream.on('error', (error) => resolve(error as never))
    })
    expect(notes).toEqual(['one'])
    expect(ended).toMatchObject({ code: 5, details: 'run/unknown: no such run' })
  })

  it('names garbage instead of breaking', async () => {
    const there = await listener(null)
    const raw = new Client(`127.0.0.1:${there.address.port}`, credentials.createInsecure())
    open.push(() => raw.close())
    const bytes = Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3])
    const same = (buffer: Buffer): Buffer => buffer
    const unary = await new Promise<{ details: string }>((resolve) =>
      raw.makeUnaryRequest('/agon.v1.Experiments/Get', same, same, bytes, (error) =>
        resolve(error as never),
      ),
    )
    expect(unary.details).toMatch(/^wire\/garbled: /)
    const stream = raw.makeBidiStreamRequest('/agon.v1.Environments/Step', same, same)
    const bidi = await new Promise<{ details: string }>((resolve) => {
      stream.on('error', (error) => resolve(error as never))
      stream.write(bytes)
    })
    expect(bidi.details).toMatch(/^wire\/garbled: /)
  })

  it('gives up a call after its deadline', async () => {
    const there = await listener(null)
    await expect(
      caller(there).unary(EXPERIMENTS.methods.list, {}, { deadlineMs: 50 }),
    ).rejects.toMatchObject({ code: 'wire/deadline' })
  })

  it('refuses to listen for others in the clear unless told to', async () => {
    const at = { address: { host: '0.0.0.0', port: 0 }, token: 't', services: [experiments] }
    await expect(listen({ ...at, security: PLAIN })).rejects.toMatchObject({
      code: 'wire/insecure',
    })
    const meant = await listen({ ...at, security: { kind: 'plain', insecure: true } })
    open.push(() => meant.close(0))
  })

  it('tells a generic client of its health and its services without a token', async () => {
    const there = await listener(newToken())
    const address = `127.0.0.1:${there.address.port}`
    const insecure = credentials.createInsecure()
    const health = loadSync(
      new URL('../../node_modules/grpc-health-check/proto/health/v1/health.proto', import.meta.url)
        .pathname,
    )
    // biome-ignore lint/suspicious/noExplicitAny: a generic client knows no types
    const Health = (loadPackageDefinition(health) as any).grpc.health.v1.Health
    const client = new Health(address, insecure)
    open.push(() => client.close())
    const check = (service: string): Promise<string> =>
      new Promise((resolve, reject) =>
        client.Check({ service }, (error: unknown, answer: { status: unknown }) =>
          error ? reject(error) : resolve(String(answer.status)),
        ),
      )
    expect(await check('agon.v1.Experiments')).toMatch(/^(SERVING|1)$/)
    there.setServing('agon.v1.Experiments', false)
    expect(await check('agon.v1.Experiments')).toMatch(/^(NOT_SERVING|2)$/)

    const protos = new URL('../../node_modules/@grpc/reflection/build/proto/', import.meta.url)
    const reflection = loadSync(new URL('grpc/reflection/v1/reflection.proto', protos).pathname)
    // biome-ignore lint/suspicious/noExplicitAny: a generic client knows no types
    const Reflection = (loadPackageDefinition(reflection) as any).grpc.reflection.v1
      .ServerReflection
    const explorer = new Reflection(address, insecure)
    open.push(() => explorer.close())
    const call = explorer.ServerReflectionInfo()
    // biome-ignore lint/suspicious/noExplicitAny: a generic client knows no types
    const ask = (question: unknown): Promise<any> =>
      new Promise((resolve, reject) => {
        call.once('data', resolve)
        call.once('error', reject)
        call.write(question)
      })
    const { listServicesResponse } = await ask({ listServices: '' })
    const names = listServicesResponse.service.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['agon.v1.Experiments', 'agon.v1.Environments']))
    const described = await ask({ fileContainingSymbol: 'agon.v1.Experiments' })
    expect(described.fileDescriptorResponse.fileDescriptorProto.length).toBeGreaterThan(0)
    call.end()
  })
})

describe('bulk', () => {
  // With wide windows both ways neither side ever reads again.
  it.each(['up', 'down'] as const)(
    'both ways at once arrives where it should flow %s',
    async (bulk) => {
      const body = new Uint8Array(4 * 1024 * 1024)
      const heard = { up: 0, down: 0 }
      const actors = implement(ACTORS, {
        attach(stream) {
          stream.on('data', (frame) => {
            if (!(frame instanceof Garbled)) heard.up += frame.body.length
          })
          for (let i = 0; i < 6; i++) stream.write({ body })
        },
        join: () => {},
      })
      const there = await listen({
        address: { host: '127.0.0.1', port: 0 },
        security: PLAIN,
        token: null,
        services: [actors],
        bulk,
      })
      open.push(() => there.close(0))
      const connection = dial({ address: `127.0.0.1:${there.address.port}`, security: PLAIN, bulk })
      open.push(() => connection.close())
      const stream = connection.bidi(ACTORS.methods.attach)
      stream.on('error', () => {})
      stream.on('data', (frame) => {
        heard.down += frame.body.length
      })
      for (let i = 0; i < 6; i++) stream.write({ body })
      await expect
        .poll(() => heard, { timeout: 20_000 })
        .toEqual({
          up: 6 * body.length,
          down: 6 * body.length,
        })
    },
  )
})

describe('a rendezvous file', () => {
  it('leads to the address, and to a token that only its owner can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'agon-wire-'))
    open.push(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'hub.json')
    const token = newToken()
    writeTokenFile(join(folder, 'hub.token'), token)
    writeRendezvous(file, {
      format: 1,
      kind: 'hub',
      address: '127.0.0.1:4711',
      pid: 1,
      tokenFile: 'hub.token',
    })
    expect(statSync(join(folder, 'hub.token')).mode & 0o777).toBe(0o600)
    expect(resolveTarget(file, { env: {} })).toEqual({
      address: '127.0.0.1:4711',
      token,
      security: PLAIN,
    })
    expect(resolveTarget('127.0.0.1:9', { env: { AGON_TOKEN: 'x' } }).token).toBe('x')
    expect(() => resolveTarget(join(folder, 'none.json'), { env: {} })).toThrow(/there is no file/)
  })
})
