import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPackageDefinition, Server, ServerCredentials } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { slotId, stream, type Tensor, tensor } from 'agon/core'
import { environment } from 'agon/envs/maze'
import { createEvaluator } from 'agon/evaluation'
import { formatCard, openPolicy, type Policy, writePolicyFile, zeroState } from 'agon/inference'
import { describeRemotePolicy, remotePolicy } from 'agon/inference/remote'
import { type InferenceServer, startInferenceServer } from 'agon/inference/serve'
import { ppo } from 'agon/learners'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { jsonHere } from '../support/command-here.ts'
import { releasedPolicy } from '../support/released-policy.ts'
import { looseModel, OBSERVATION, SMALL_CARD, smallPolicy } from '../support/small-policy.ts'

const PROTO = fileURLToPath(new URL('../../proto/inference/grpc_service.proto', import.meta.url))
const PLAIN = { kind: 'plain' } as const

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function serve(alone = false, token: string | null = null): Promise<InferenceServer> {
  const server = await startInferenceServer({ security: PLAIN, token, alone })
  open.push(() => server.close(0))
  return server
}

const endpointOf = ({ address }: InferenceServer, token?: string) => ({
  address: `127.0.0.1:${address.port}`,
  security: PLAIN,
  ...(token === undefined ? {} : { token }),
})

/** Steps a policy through a few batches, handing its state on. */
async function course(policy: Policy): Promise<unknown[]> {
  const random = stream('test', 'remote policy')
  const draw = (length: number) => Float32Array.from({ length }, () => random.uniform())
  let state: Readonly<Record<string, Tensor>> = zeroState(policy.card, 5)
  const seen: unknown[] = []
  for (let step = 0; step < 6; step++) {
    const { value, ...result } = await policy.act({
      rows: 5,
      observations: {
        position: { dtype: 'float32', shape: [5, OBSERVATION], data: draw(5 * OBSERVATION) },
      },
      state,
      noise: { dtype: 'float32', shape: [5], data: draw(5) },
    })
    expect(value).toBe(undefined)
    seen.push(structuredClone(result))
    state = structuredClone(result.state)
  }
  await policy.release()
  return seen
}

describe('a remote policy', () => {
  it('gives the bits of a local one', async () => {
    const server = await serve()
    await server.load('small', smallPolicy(1))
    const remote = await remotePolicy(endpointOf(server), 'small')
    expect(remote.card).toEqual(SMALL_CARD)
    expect(await course(remote)).toEqual(await course(await openPolicy(smallPolicy(1))))
  })

  it('takes a mask, and decodes what its graph leaves to it, by the names of its card', async () => {
    const file = releasedPolicy()
    const server = await serve()
    await server.load('released', file)
    const batch = {
      rows: 2,
      observations: { seen: tensor('float32', [2, 1], Float32Array.of(1, 1)) },
      state: zeroState(file.card, 2),
      mask: tensor('float32', [2, 3], Float32Array.of(1, 1, 1, 1, 1, 0)),
      noise: tensor('float32', [2]),
    }
    const remote = await remotePolicy(endpointOf(server), 'released')
    const answer = structuredClone(await remote.act(batch))
    expect([...answer.action]).toEqual([2, 1])
    const local = await openPolicy(file)
    expect(answer).toEqual(await local.act(batch))
    const { mask: _, ...bare } = batch
    await expect(remote.act(bare)).rejects.toMatchObject({ code: 'policy/mask' })
    await Promise.all([remote.release(), local.release()])
  })

  it('says what is not there, what has no card and what does not fit the card', async () => {
    const server = await serve()
    await server.load('small', smallPolicy(1))
    await server.load('loose', { onnx: looseModel() })
    const at = endpointOf(server)
    await expect(remotePolicy(at, 'other')).rejects.toMatchObject({ code: 'inference/unknown' })
    await expect(remotePolicy(at, 'loose')).rejects.toMatchObject({ code: 'policy/card-missing' })
    await expect(remotePolicy(at, 'loose', { card: SMALL_CARD })).rejects.toMatchObject({
      code: 'policy/graph',
    })
    const ref = await describeRemotePolicy(at, 'small')
    expect(ref).toMatchObject({ version: '1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const policy = await remotePolicy(at, 'small')
    await server.swap('small', smallPolicy(2))
    await expect(course(policy)).rejects.toMatchObject({ code: 'inference/unknown' })
    await server.close(0)
    await expect(course(policy)).rejects.toMatchObject({ code: 'wire/unavailable' })
  })

  it('shows its token', async () => {
    const token = 'a token of the test'
    const server = await serve(false, token)
    await server.load('small', smallPolicy(1))
    await expect(remotePolicy(endpointOf(server), 'small')).rejects.toMatchObject({
      code: 'wire/token',
    })
    await (await remotePolicy(endpointOf(server, token), 'small')).release()
  })

  it('reads servers that know nothing of Agon, and names a wrong answer', async () => {
    const loaded = loadPackageDefinition(loadSync(PROTO, { keepCase: true })) as never as {
      inference: { GRPCInferenceService: { service: never } }
    }
    const foreign = new Server()
    let logits = [2, 2]
    let more: object = {}
    const tensor = (name: string, datatype: string, shape: number[]) => ({ name, datatype, shape })
    foreign.addService(loaded.inference.GRPCInferenceService.service, {
      ModelMetadata: (_: unknown, answer: (error: null, value: object) => void) =>
        answer(null, {
          name: 'theirs',
          inputs: [
            tensor('position', 'FP32', [-1, 4]),
            tensor('memory', 'FP32', [-1, 3]),
            tensor('noise', 'FP32', [-1]),
          ],
          outputs: [
            tensor('action', 'INT32', [-1]),
            tensor('log_prob', 'FP32', [-1]),
            tensor('logits', 'FP32', [-1, 2]),
            tensor('memory_out', 'FP32', [-1, 3]),
          ],
        }),
      ModelInfer: (_: unknown, answer: (error: null, value: object) => void) =>
        answer(null, {
          outputs: [
            {
              ...tensor('memory_out', 'FP32', [2, 3]),
              contents: { fp32_contents: [1, 2, 3, 4, 5, 6] },
            },
            { ...tensor('logits', 'FP32', logits), contents: { fp32_contents: [1, 2, 3, 4] } },
            { ...tensor('log_prob', 'FP32', [2]), contents: { fp32_contents: [-1, -2] } },
            { ...tensor('action', 'INT32', [2]), contents: { int_contents: [1, 0] } },
          ],
          ...more,
        }),
    })
    const port = await new Promise<number>((resolve) =>
      foreign.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (_, bound) =>
        resolve(bound),
      ),
    )
    open.push(() => foreign.forceShutdown())
    const at = { address: `127.0.0.1:${port}`, security: PLAIN }
    const policy = await remotePolicy(at, 'theirs', { card: SMALL_CARD })
    open.push(() => policy.release())
    const act = () =>
      policy.act({
        rows: 2,
        observations: { position: { dtype: 'float32', shape: [2, 4], data: new Float32Array(8) } },
        state: zeroState(SMALL_CARD, 2),
        noise: { dtype: 'float32', shape: [2], data: new Float32Array(2) },
      })
    expect(await act()).toMatchObject({
      action: Int32Array.of(1, 0),
      state: { memory: { data: Float32Array.of(1, 2, 3, 4, 5, 6) } },
    })
    logits = [1, 2]
    await expect(act()).rejects.toMatchObject({
      code: 'policy/answer',
      message: expect.stringContaining("'logits' as float32 [2, 2], and answered FP32 [1, 2]"),
    })
    logits = [2, 2]
    more = { raw_output_contents: [Buffer.alloc(24)] }
    await expect(act()).rejects.toMatchObject({
      code: 'policy/answer',
      message: expect.stringContaining('4 outputs with 1 raw contents'),
    })
    more = { raw_output_contents: Array.from({ length: 4 }, () => Buffer.alloc(16)) }
    await expect(act()).rejects.toMatchObject({
      code: 'policy/answer',
      message: expect.stringContaining('contents beside raw_output_contents'),
    })
  })
})

describe('an evaluation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agon-remote-'))
  const path = join(folder, 'maze.onnx')
  beforeAll(async () => {
    const options = environment.options.parse({})
    const student = await ppo.create(ppo.options.parse({ network: { hidden: 16 } }), {
      slot: slotId('agent'),
      seed: 1,
      environment: { module: import.meta.resolve('agon/envs/maze'), options },
      spec: environment.create(options).spec,
      workers: 1,
      training: {},
    })
    await writePolicyFile(path, await student.exportPolicy())
    await student.close()
    return () => rmSync(folder, { recursive: true })
  })

  it('measures a remote policy to the same bits, in threads that dial themselves', async () => {
    const { readPolicyFile } = await import('agon/inference')
    const file = await readPolicyFile(path)
    const server = await serve(true)
    await server.load('maze', file)
    const evaluator = createEvaluator({ workers: 2 })
    open.push(() => evaluator.close())
    const request = {
      environment: {
        module: import.meta.resolve('agon/envs/maze'),
        options: environment.options.parse({ maxSteps: 30 }),
      },
      suite: 'random:40',
      episodes: 8,
      seed: 1,
    }
    const ref = await describeRemotePolicy(endpointOf(server), 'maze')
    expect(await evaluator.measure(ref, request)).toEqual(await evaluator.measure(file, request))
  })

  it('is asked for by address on the command line', async () => {
    const server = await serve()
    const { readPolicyFile } = await import('agon/inference')
    const { onnx, card } = await readPolicyFile(path)
    await server.load('bare', { onnx })
    const address = `kserve://127.0.0.1:${server.address.port}/bare`
    const args = ['eval', address, '--suite', 'random:2', '--episodes', '1']
    const refused = await jsonHere(args)
    expect(refused).toMatchObject({ code: 2, events: [{ code: 'policy/card-missing' }] })
    const cardFile = join(folder, 'given.yaml')
    writeFileSync(cardFile, formatCard(card))
    const measured = await jsonHere([...args, '--card', cardFile])
    expect(measured).toMatchObject({ code: 0, events: [{ kind: 'evaluation', suite: 'random:2' }] })
    const odd = await jsonHere(['eval', 'kserve://nowhere', '--suite', 'random:2'])
    expect(odd).toMatchObject({ code: 2, events: [{ code: 'usage/address' }] })
  })
})
