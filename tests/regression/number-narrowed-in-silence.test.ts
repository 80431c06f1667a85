import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { status } from '@grpc/grpc-js'
import { tensor } from 'agon/core'
import * as g from 'agon/graph'
import { type PolicyFile, writePolicyFile } from 'agon/inference'
import { startInferenceServer } from 'agon/inference/serve'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type InferRequest, type KserveClient, kserveClient } from '../support/kserve-client.ts'
import { Served } from '../support/served.ts'
import { floats } from '../support/small-requests.ts'

/** Looks its direction up in a table of four, as an index; its pixels are summed up. */
function lookingUp(): PolicyFile {
  const graph = g.createGraph()
  const pixels = g.input(graph, 'pixels', 'uint8', ['B', 3])
  const direction = g.input(graph, 'direction', 'int32', ['B'])
  const memory = g.input(graph, 'memory', 'float32', ['B', 1])
  const noise = g.input(graph, 'noise', 'float32', ['B'])
  const table = g.constant(
    graph,
    tensor('float32', [4, 2], Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)),
  )
  const seen = g.matmul(
    g.cast(pixels, 'float32'),
    g.constant(graph, tensor('float32', [3, 2], new Float32Array(6).fill(0.01))),
  )
  const logits = g.add(g.add(g.embedding(table, direction), seen), memory)
  const first = g.reshape(g.slice(g.softmax(logits), 1, 0, 1), [-1])
  const action = g.cast(g.greaterEqual(noise, first), 'int32')
  const log_prob = g.takeLast(g.logSoftmax(logits), action)
  return {
    onnx: g.toOnnx(graph, { action, log_prob, logits, memory_out: g.add(memory, 1) }),
    card: {
      format: 1,
      agon: '0',
      environment: { id: 'corridor', profile: 'plain' },
      observations: {
        pixels: { dtype: 'uint8', shape: [3], low: 0, high: 10 },
        direction: { dtype: 'int32', shape: [], low: 0, high: 3 },
      },
      actions: { kind: 'discrete', count: 2 },
      state: { memory: { dtype: 'float32', shape: [1] } },
      decode: 'sample',
      normalisation: {},
      training: {},
    },
  }
}

type Input = InferRequest['inputs'][number]
type Contents = Record<string, readonly (number | boolean | string)[]>
const input = (name: string, datatype: string, shape: number[], contents?: Contents): Input => ({
  name,
  datatype,
  shape,
  ...(contents === undefined ? {} : { contents }),
})
const PIXELS = input('pixels', 'UINT8', [1, 3], { uint_contents: [1, 2, 3] })
const DIRECTION = input('direction', 'INT32', [1], { int_contents: [2] })
const MEMORY = input('memory', 'FP32', [1, 1], { fp32_contents: [0] })
const NOISE = input('noise', 'FP32', [1], { fp32_contents: [0.5] })
const GOOD: readonly Input[] = [PIXELS, DIRECTION, MEMORY, NOISE]
const asked = (inputs: readonly Input[], rest: Partial<InferRequest> = {}): InferRequest => ({
  model_name: 'looking',
  inputs,
  ...rest,
})
const withInput = (changed: Input): InferRequest =>
  asked(GOOD.map((one) => (one.name === changed.name ? changed : one)))

let folder = ''
let served: Served
let client: KserveClient
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agon-narrowed-'))
  await writePolicyFile(join(folder, 'looking.onnx'), lookingUp())
  served = new Served([join(folder, 'looking.onnx')])
  client = kserveClient(await served.address())
})
afterAll(async () => {
  client.close()
  await served.stop()
  rmSync(folder, { recursive: true })
})

const refused = async (
  request: InferRequest,
  named: string,
  from: KserveClient = client,
): Promise<void> =>
  expect(from.infer(request)).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: expect.stringContaining(named),
  })

describe('a request that fits', () => {
  it('is answered, at the ends of every range', async () => {
    await client.infer(asked(GOOD))
    for (const changed of [
      { ...PIXELS, contents: { uint_contents: [0, 44, 255] } },
      { ...DIRECTION, contents: { int_contents: [0] } },
      { ...DIRECTION, contents: { int_contents: [3] } },
      { ...NOISE, contents: { fp32_contents: [0] } },
    ])
      await client.infer(withInput(changed))
    const raw = [Uint8Array.of(1, 2, 3), Int32Array.of(2), floats([0]), floats([0.5])]
    await client.infer(
      asked(
        GOOD.map(({ contents: _, ...bare }) => bare),
        {
          raw_input_contents: raw.map(
            (one) => new Uint8Array(one.buffer, one.byteOffset, one.byteLength),
          ),
        },
      ),
    )
  })
})

describe('a number that does not fit its input', () => {
  it.each([
    [
      'above its datatype',
      { ...PIXELS, contents: { uint_contents: [1, 300, 2] } },
      "'pixels' holds 300",
    ],
    [
      'negative where there are none',
      { ...PIXELS, contents: { int_contents: [-1, 2, 3] } },
      "'pixels' has int_contents",
    ],
    [
      'an index below the table',
      { ...DIRECTION, contents: { int_contents: [-1] } },
      "'direction' holds -1",
    ],
    [
      'an index above the table',
      { ...DIRECTION, contents: { int_contents: [99] } },
      "'direction' holds 99",
    ],
    [
      'in the list of another datatype',
      { ...DIRECTION, contents: { int64_contents: [2] } },
      "'direction' has int64_contents",
    ],
    [
      'in two lists',
      { ...MEMORY, contents: { fp32_contents: [0], fp64_contents: [1] } },
      "'memory' has fp64_contents",
    ],
    ['of another datatype', { ...MEMORY, datatype: 'FP16' }, "'memory' has the wrong datatype"],
    [
      'noise that is no number',
      { ...NOISE, contents: { fp32_contents: [Number.NaN] } },
      "'noise' holds NaN",
    ],
    ['noise beyond its range', { ...NOISE, contents: { fp32_contents: [2] } }, "'noise' holds 2"],
    [
      'fewer than its shape takes',
      { ...PIXELS, contents: { uint_contents: [1, 2] } },
      "'pixels' of shape [1,3] takes 3 bytes",
    ],
  ])('is refused by name: %s', async (_, changed, named) => {
    await refused(withInput(changed as Input), named)
  })

  it('is refused by name in raw contents: an index outside of the table', async () => {
    const bare = GOOD.map(({ contents: _, ...rest }) => rest)
    const raw = (direction: number): readonly Uint8Array[] => [
      Uint8Array.of(1, 2, 3),
      new Uint8Array(Int32Array.of(direction).buffer),
      floats([0]),
      floats([0.5]),
    ]
    for (const direction of [-1, 4])
      await refused(asked(bare, { raw_input_contents: raw(direction) }), "'direction' holds")
    await refused(asked(GOOD, { raw_input_contents: raw(1) }), "'pixels' has contents beside")
    await refused(asked(bare, { raw_input_contents: [...raw(1), floats([1])] }), '5 raw contents')
  })

  it('is refused by name in a model without a card: 64-bit integers, flags', async () => {
    const graph = g.createGraph()
    const long = g.input(graph, 'long', 'int64', ['B'])
    const flag = g.input(graph, 'flag', 'bool', ['B'])
    const y = g.add(g.cast(long, 'float32'), g.cast(flag, 'float32'))
    const server = await startInferenceServer({ security: { kind: 'plain' }, token: null })
    await server.load('bare', { onnx: g.toOnnx(graph, { y }) })
    const bare = kserveClient(`127.0.0.1:${server.address.port}`)
    const request = (long: Contents, flag: Contents): InferRequest => ({
      model_name: 'bare',
      inputs: [input('long', 'INT64', [1], long), input('flag', 'BOOL', [1], flag)],
    })
    const most = Number.MAX_SAFE_INTEGER
    await bare.infer(request({ int64_contents: [most] }, { bool_contents: [true] }))
    const flags = { bool_contents: [true] }
    await refused(request({ int64_contents: ['9007199254740993'] }, flags), "'long' holds", bare)
    await refused(request({ int_contents: [1] }, flags), "'long' has int_contents", bare)
    await refused(request({ int64_contents: [1] }, { uint_contents: [2] }), "'flag' has", bare)
    bare.close()
    await server.close(0)
  })
})

describe('a parameter that is none', () => {
  const start = { sequence_id: { int64_param: 9 }, sequence_start: { bool_param: true } }
  it.each([
    [
      'a flag as text',
      { ...start, sequence_start: { string_param: 'true' } },
      'sequence_start is a flag',
    ],
    [
      'a flag as a number',
      { ...start, sequence_end: { int64_param: 1 } },
      'sequence_end is a flag',
    ],
    ['a flag without a value', { ...start, sequence_start: {} }, 'not as nothing'],
    ['a seed as text', { seed: { string_param: '3' } }, 'seed is a whole number'],
    ['a seed as a flag', { seed: { bool_param: true } }, 'not as bool_param'],
    ['a seed with a fraction', { seed: { double_param: 0.5 } }, 'not as double_param'],
    [
      'a seed beyond exact numbers',
      { seed: { int64_param: '9007199254740993' } },
      'seed is beyond',
    ],
    ['a negative step', { seed: { int64_param: 1 }, step: { int64_param: -1 } }, 'step is -1'],
    [
      'a sequence as a flag',
      { ...start, sequence_id: { bool_param: true } },
      'sequence_id is a whole',
    ],
    ['a negative sequence', { ...start, sequence_id: { int64_param: -4 } }, 'sequence_id is -4'],
    [
      'a slip of the pen',
      { ...start, sequence_strat: { bool_param: true } },
      "mean 'sequence_start'",
    ],
  ])('is refused by name: %s', async (_, parameters, named) => {
    const inputs = [PIXELS, DIRECTION]
    await refused(asked(inputs, { parameters }), named)
  })

  it('is refused by name on a tensor: another form of it', async () => {
    const shared = { shared_memory_region: { string_param: 'mine' } }
    await refused(
      withInput({ ...PIXELS, parameters: shared } as Input),
      "'pixels' has the parameter",
    )
    const classes = { name: 'logits', parameters: { classification: { int64_param: 1 } } }
    await refused(asked(GOOD, { outputs: [classes] }), "'logits' has the parameter")
  })

  it('of other servers changes nothing', async () => {
    const parameters = { priority: { int64_param: 1 }, binary_data_output: { bool_param: true } }
    await client.infer(asked(GOOD, { parameters }))
  })
})
