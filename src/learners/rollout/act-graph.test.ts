import { describe, expect, it } from 'vitest'
import { tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { openSession } from '../../inference/session.ts'
import { createNetwork, initialiseLayout, segmentTensors, studentNetwork } from '../nets/index.ts'
import { readInitializers } from '../onnx-initializers.ts'
import { createActGraph } from './act-graph.ts'

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

describe.each(['lstm', 'gru', 'none'] as const)('the act graph, core %s', (core) => {
  const network = createNetwork(
    { observations: SPEC.observations, actions: SPEC.actions },
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
