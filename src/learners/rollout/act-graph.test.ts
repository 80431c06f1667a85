import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { openSession } from '../../inference/session.ts'
import * as g from '../graph/index.ts'
import { createNetwork, initialiseLayout, segmentTensors, studentNetwork } from '../nets/index.ts'
import { readInitializers } from '../onnx-initializers.ts'
import { createActGraph, sampleAction } from './act-graph.ts'

const SPEC: EnvironmentSpec = {
  id: 'test',
  profile: 'plain',
  observations: {
    image: { dtype: 'uint8', shape: [5, 5, 3], low: 0, high: 10 },
    direction: { dtype: 'int32', shape: [], low: 0, high: 3 },
  },
  actions: { kind: 'discrete', count: 7 },
  agents: 1,
  seats: { agent: [0] },
}

async function sample(logits: readonly number[], noise: Float32Array): Promise<Int32Array> {
  const graph = g.createGraph()
  const values = g.input(graph, 'logits', 'float32', ['B', logits.length])
  const uniform = g.input(graph, 'noise', 'float32', ['B'])
  const session = await openSession(
    g.toOnnx(graph, { action: sampleAction(values, uniform, logits.length) }),
  )
  const rows = noise.length
  const data = Float32Array.from(
    { length: rows * logits.length },
    (_, i) => logits[i % logits.length],
  )
  const { action } = await session.run({
    logits: tensor('float32', [rows, logits.length], data),
    noise: tensor('float32', [rows], noise),
  })
  await session.release()
  return action.data as Int32Array
}

describe('sampling inside the graph', () => {
  it('takes actions as often as their probabilities say', async () => {
    const rows = 40_000
    const random = stream(4)
    const noise = Float32Array.from({ length: rows }, () => random.uniform())
    const counts = new Array(4).fill(0)
    for (const action of await sample([0.1, 0.2, 0.3, 0.4].map(Math.log), noise)) counts[action]++
    counts.forEach((count, i) => {
      const p = 0.1 * (i + 1)
      // Five standard deviations.
      expect(Math.abs(count - p * rows)).toBeLessThan(5 * Math.sqrt(rows * p * (1 - p)))
    })
  })

  it('stays inside the actions at both ends of the noise', async () => {
    const ends = Float32Array.of(0, 1 - 2 ** -24)
    for (const count of [2, 7, 169]) {
      const logits = Array.from({ length: count }, (_, i) => Math.sin(i))
      expect([...(await sample(logits, ends))]).toEqual([0, count - 1])
    }
  })

  it('never takes an impossible action', async () => {
    const ends = Float32Array.of(0, 0.5, 1 - 2 ** -24)
    const never = -1e30
    expect([...(await sample([never, 0, 0.3, 0.1, never], ends))]).toEqual([1, 2, 3])
  })
})

describe.each(['lstm', 'gru', 'none'] as const)('the act graph, core %s', (core) => {
  const network = createNetwork(
    { observations: SPEC.observations, actions: 7 },
    { ...studentNetwork('minimax'), core, hidden: 16 },
  )
  const flat = new Float32Array(network.layout.size)
  initialiseLayout(network.layout, flat, [3])
  const onnx = createActGraph(SPEC, network).toOnnx(segmentTensors(network.layout, flat))

  it('answers any number of rows, with the log-probability of its action', async () => {
    const session = await openSession(onnx)
    for (const rows of [1, 3]) {
      const carry = Object.entries(network.state).map(
        ([name, { shape }]) => [name, tensor('float32', [rows, ...shape])] as const,
      )
      const results = await session.run({
        image: tensor('uint8', [rows, 5, 5, 3], new Uint8Array(rows * 75).fill(2)),
        direction: tensor('int32', [rows]),
        noise: tensor('float32', [rows], new Float32Array(rows).fill(0.6)),
        ...Object.fromEntries(carry),
      })
      const logits = results.logits.data as Float32Array
      const norm = Math.log(logits.subarray(0, 7).reduce((sum, x) => sum + Math.exp(x), 0))
      const action = results.action.data[0] as number
      expect(results.action.dtype).toBe('int32')
      expect(results.log_prob.data[0]).toBeCloseTo(logits[action] - norm, 5)
      expect(results.value.shape).toEqual([rows])
      for (const [name] of carry) expect(results[`${name}_out`].shape).toEqual([rows, 16])
    }
    await session.release()
  })

  it('keeps its weights readable by name', () => {
    const read = readInitializers(onnx)
    for (const { name, shape, offset, size } of network.layout.segments) {
      expect(read[name].shape).toEqual(shape)
      expect([...read[name].data]).toEqual([...flat.subarray(offset, offset + size)])
    }
  })
})

describe('reading initializers', () => {
  it('refuses what is no ONNX file', () => {
    expect(() => readInitializers(new TextEncoder().encode('hello, this is text'))).toThrow(
      expect.objectContaining({ code: 'onnx/corrupt' }),
    )
    expect(() => readInitializers(Uint8Array.of(0x3a, 0xff, 0xff))).toThrow(/ONNX model/)
  })
})
