import workerThreads, { BroadcastChannel } from 'node:worker_threads'
import { Client, credentials } from '@grpc/grpc-js'
import { type Clock, manualClock, stream } from 'agon/core'
import type { InferenceServer, InferenceServerOptions } from 'agon/inference/serve'
import { afterAll, afterEach, expect, it } from 'vitest'
import { type KserveClient, kserveClient } from '../support/kserve-client.ts'
import { alive, makeMortal } from '../support/mortal-threads.mjs'
import { HIDDEN, looseModel, OBSERVATION, smallPolicy } from '../support/small-policy.ts'
import { floats, outputOf, smallRequest } from '../support/small-requests.ts'

makeMortal(workerThreads)
const orders = new BroadcastChannel('agon-test-kill')
afterAll(() => orders.close())

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function serve(
  options: Partial<InferenceServerOptions> = {},
  clock?: Clock,
): Promise<InferenceServer & { client(): KserveClient }> {
  const { startInferenceServer } = await import('agon/inference/serve')
  const server = await startInferenceServer(
    {
      security: { kind: 'plain' },
      token: null,
      metricsAddress: { host: '127.0.0.1', port: 0 },
      ...options,
    },
    clock,
  )
  open.push(() => server.close(0))
  await server.load('small', smallPolicy(1))
  return {
    ...server,
    client() {
      const client = kserveClient(`127.0.0.1:${server.address.port}`)
      open.push(() => client.close())
      return client
    },
  }
}

const random = stream('test', 'inference server')
const drawn = (length: number): Float32Array =>
  Float32Array.from({ length }, () => random.uniform())
const drawnRequest = (rows: number) =>
  smallRequest({
    position: drawn(rows * OBSERVATION),
    memory: drawn(rows * HIDDEN),
    noise: drawn(rows),
  })

/** A value of the Prometheus text. */
function metric(server: InferenceServer, pattern: string): number {
  const found = new RegExp(`^${pattern} (\\S+)$`, 'm').exec(server.metrics())
  return Number(found?.[1] ?? Number.NaN)
}
const SMALL = '\\{model="small",version="1"'

it('puts requests of several clients into one batch, and gives each its rows', async () => {
  const rows = Array.from({ length: 8 }, (_, i) => 1 + (i % 3))
  const requests = rows.map(drawnRequest)
  const single = (await serve()).client()
  const alone: Buffer[] = []
  for (const request of requests) alone.push(outputOf(await single.infer(request), 'action'))
  // The batch is full with the last of them, and would wait for it all day.
  const maxBatch = rows.reduce((sum, count) => sum + count)
  const server = await serve({ maxDelayMs: 86_400_000, maxBatch })
  const together = await Promise.all(
    requests.map(async (request) => outputOf(await server.client().infer(request), 'action')),
  )
  expect(together).toEqual(alone)
  expect(metric(server, `agon_inference_batch_rows_count${SMALL}\\}`)).toBe(1)
})

it('refuses what is too much to wait for, by name, and answers the rest', async () => {
  const server = await serve({ maxBatch: 8, maxQueueRows: 8, maxDelayMs: 3000 })
  const client = server.client()
  await client.call('ServerLive', {})
  const results = await Promise.allSettled(
    [5, 5, 3].map((rows) => client.infer(drawnRequest(rows))),
  )
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect((results[1] as PromiseRejectedResult).reason).toMatchObject({
    code: 8,
    details: expect.stringMatching(/^wire\/overloaded: 5 rows wait already, and 5 more/),
  })
  expect(metric(server, `agon_inference_requests_total${SMALL},code="wire/overloaded"\\}`)).toBe(1)
})

it('drops a waiting request whose deadline has passed', async () => {
  const server = await serve({ maxDelayMs: 60_000 })
  const client = server.client()
  await client.call('ServerLive', {})
  await expect(client.infer(drawnRequest(1), 3000)).rejects.toMatchObject({ code: 4 })
  await client.call('ServerLive', {})
  expect(metric(server, `agon_inference_queue_rows${SMALL}\\}`)).toBe(0)
  expect(metric(server, `agon_inference_requests_total${SMALL},code="wire/cancelled"\\}`)).toBe(1)
})

it('loses no request with a thread', async () => {
  const server = await serve({ workers: 2 })
  const clients = Array.from({ length: 6 }, () => server.client())
  const request = drawnRequest(2)
  const wanted = outputOf(await clients[0].infer(request), 'action')
  let asking = true
  let answered = 0
  const loops = clients.map(async (client) => {
    for (; asking; answered++)
      expect(outputOf(await client.infer(request), 'action')).toEqual(wanted)
  })
  for (let kills = 1; kills <= 3; kills++) {
    const [victim] = alive
    while (alive.has(victim)) {
      orders.postMessage(victim)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    while (metric(server, `agon_inference_threads${SMALL}\\}`) < 2)
      await new Promise((resolve) => setTimeout(resolve, 20))
    expect(metric(server, `agon_inference_threads_lost_total${SMALL}\\}`)).toBe(kills)
  }
  const before = answered
  while (answered < before + 20) await new Promise((resolve) => setTimeout(resolve, 5))
  asking = false
  await Promise.all(loops)
})

it('says that a model is broken when its threads keep dying', async () => {
  const server = await serve()
  const client = server.client()
  const ready = async (): Promise<unknown> =>
    (await client.call('ModelReady', { name: 'small' })).ready
  expect(await ready()).toBe(true)
  while (await ready()) {
    for (const id of alive) orders.postMessage(id)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(await client.call('ServerReady', {})).toEqual({ ready: false })
  await expect(client.infer(drawnRequest(1))).rejects.toMatchObject({
    code: 14,
    details: expect.stringMatching(/^worker\/lost/),
  })
  await server.swap('small', smallPolicy(2))
  expect(await ready()).toBe(true)
  await client.infer(drawnRequest(1))
})

it('swaps and unloads without losing a request', async () => {
  const server = await serve({ maxDelayMs: 2 })
  const clients = Array.from({ length: 4 }, () => server.client())
  let asking = true
  const versions: string[] = []
  const loops = clients.map(async (client) => {
    while (asking) versions.push((await client.infer(drawnRequest(3))).model_version)
  })
  for (let version = 2; version <= 6; version++) {
    expect(await server.swap('small', smallPolicy(version))).toMatchObject({
      version: String(version),
    })
    const client = server.client()
    const metadata = await client.call('ModelMetadata', { name: 'small' })
    expect(metadata.versions).toEqual([String(version)])
    expect((await client.infer(drawnRequest(1))).model_version).toBe(String(version))
  }
  asking = false
  await Promise.all(loops)
  expect([...versions].sort()).toEqual(versions)
  await server.load('small', smallPolicy(7))
  expect((await clients[0].infer({ ...drawnRequest(1), model_version: '6' })).model_version).toBe(
    '6',
  )
  expect((await clients[0].infer(drawnRequest(1))).model_version).toBe('7')
  await server.unload('small')
  await expect(clients[0].infer(drawnRequest(1))).rejects.toMatchObject({ code: 5 })
})

it('goes on with a sequence under a new version, and forgets one that rests', async () => {
  const clock = manualClock()
  const server = await serve({ sequenceIdleMs: 400, maxSequences: 2 }, clock)
  const client = server.client()
  const ask = (id: string, start = false, rows = 1) =>
    client.infer(
      smallRequest(
        { position: drawn(rows * OBSERVATION) },
        {
          parameters: {
            sequence_id: { string_param: id },
            sequence_start: { bool_param: start },
            seed: { int64_param: 5 },
          },
        },
      ),
    )
  await ask('a', true)
  await ask('b', true)
  await expect(ask('c', true)).rejects.toMatchObject({ code: 8 })
  await expect(ask('a', false, 2)).rejects.toThrow(/sequence\/rows/)
  await server.swap('small', smallPolicy(2))
  expect((await ask('a')).model_version).toBe('2')
  const both = await Promise.allSettled([ask('a'), ask('a')])
  expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  clock.advance(400)
  await expect(ask('a')).rejects.toThrow(/sequence\/unknown/)
  expect(metric(server, 'agon_inference_sequences\\{model="small"\\}')).toBe(0)
})

it('answers health for each model, and not once it drains', async () => {
  const server = await serve()
  await server.load('loose', { onnx: looseModel() })
  const raw = new Client(`127.0.0.1:${server.address.port}`, credentials.createInsecure())
  open.push(() => raw.close())
  const health = (service: string) =>
    new Promise<number>((resolve, reject) =>
      raw.makeUnaryRequest(
        '/grpc.health.v1.Health/Check',
        (name: string) => Buffer.concat([Buffer.from([0x0a, name.length]), Buffer.from(name)]),
        (bytes: Buffer) => bytes[1],
        service,
        (error, answer) => (error === null ? resolve(answer as number) : reject(error)),
      ),
    )
  for (const name of ['', 'inference.GRPCInferenceService', 'small', 'loose'])
    expect(await health(name)).toBe(1)
  await server.unload('loose')
  expect(await health('loose')).toBe(2)
  expect(await health('small')).toBe(1)
})

it('names garbage and goes on', async () => {
  const server = await serve()
  const raw = new Client(`127.0.0.1:${server.address.port}`, credentials.createInsecure())
  open.push(() => raw.close())
  const same = (bytes: Buffer): Buffer => bytes
  const send = (bytes: Buffer) =>
    new Promise<{ code: number; details: string } | null>((resolve) =>
      raw.makeUnaryRequest(
        '/inference.GRPCInferenceService/ModelInfer',
        same,
        same,
        bytes,
        resolve,
      ),
    )
  const good = Buffer.from('0a05736d616c6c', 'hex')
  expect(await send(good)).toMatchObject({
    code: 3,
    details: expect.stringContaining('there are none'),
  })
  let named = 0
  for (let i = 0; i < 500; i++) {
    const bytes = Buffer.from({ length: random.integer(60) } as ArrayLike<number>)
    for (let at = 0; at < bytes.length; at++) bytes[at] = random.integer(256)
    const error = await send(Buffer.concat([good.subarray(0, random.integer(8)), bytes]))
    expect(error?.details).toMatch(/^(wire\/garbled|inference\/\w+): /)
    named++
  }
  expect(named).toBe(500)
  await server.client().infer(drawnRequest(1))
})

it('runs requests of a model with other shapes one by one', async () => {
  const server = await serve()
  await server.load('loose', { onnx: looseModel() })
  const client = server.client()
  const ask = (rows: number) =>
    client.infer({
      model_name: 'loose',
      inputs: [{ name: 'x', datatype: 'FP32', shape: [rows, 2] }],
      raw_input_contents: [floats(drawn(2 * rows))],
    })
  const answers = await Promise.all([1, 2, 3, 4].map(ask))
  expect(answers.map(({ outputs }) => outputs[0].shape[0])).toEqual(['1', '2', '3', '4'])
})
