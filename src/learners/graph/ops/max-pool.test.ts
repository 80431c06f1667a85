import { describe, expect, it } from 'vitest'
import { tensor } from '../../../core/tensor.ts'
import { checkOperation, normals, runOnnx } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { gradients } from '../gradients.ts'
import { createGraph, input } from '../graph.ts'
import { maxPool } from './max-pool.ts'
import { reduceSum } from './reduce.ts'
import type { WindowOptions } from './window.ts'

interface Case {
  readonly x: readonly number[]
  readonly kernel: number | readonly [number, number]
  readonly options?: WindowOptions
}

const CASES: Record<string, Case> = {
  'windows side by side': { x: [2, 3, 4, 6], kernel: 2, options: { stride: 2 } },
  'windows that overlap': { x: [2, 2, 5, 4], kernel: 3 },
  'a rest that no window lies on': { x: [1, 2, 8, 6], kernel: [3, 2], options: { stride: [4, 3] } },
  'half the size': { x: [2, 2, 6, 5], kernel: 3, options: { stride: 2, padding: 'same' } },
  'margins all around': { x: [1, 2, 5, 5], kernel: 3, options: { stride: 2, padding: 1 } },
}

describe('maxPool', () => {
  it.each(Object.entries(CASES))('over %s', async (_, { x, kernel, options }) => {
    await checkOperation({
      feeds: { x: normals(x, 3) },
      shapes: { x: ['N', ...x.slice(1)] },
      build: (v) => maxPool(v.x, kernel, options),
    })
  })

  it('never takes a margin for the largest', () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', [1, 1, 2, 2])
    const y = maxPool(x, 3, { stride: 2, padding: 'same' })
    const feeds = { x: tensor('float64', [1, 1, 2, 2], Float64Array.of(-4, -3, -2, -1)) }
    expect([...evaluate([y], feeds)[0].data]).toEqual([-1])
  })

  it('gives the gradient of a tie to the first, here and in the runtime', async () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', [1, 1, 3, 3])
    const [slope] = gradients(reduceSum(maxPool(x, 2)), [x])
    const feeds = { x: tensor('float64', [1, 1, 3, 3], new Float64Array(9).fill(7)) }
    const first = [1, 1, 0, 1, 1, 0, 0, 0, 0]
    expect([...evaluate([slope], feeds)[0].data]).toEqual(first)
    const { out } = await runOnnx(graph, { out: slope }, feeds)
    expect([...(out.data as Float32Array)]).toEqual(first)
  })

  it('refuses what it cannot do', () => {
    const x = input(createGraph(), 'x', 'float32', ['N', 3, 2, 2])
    expect(() => maxPool(x, 3)).toThrow('maxPool: expected an image of at least 3 × 3')
    expect(() => maxPool(x, 0)).toThrow('kernel 0,0')
  })
})
