import { describe, expect, it } from 'vitest'
import { checkOperation, normals } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { gradients } from '../gradients.ts'
import { createGraph, input, type Value } from '../graph.ts'
import { conv2d } from './conv2d.ts'
import { convolution } from './convolution.ts'
import { mul } from './elementwise.ts'
import { reduceSum } from './reduce.ts'
import { transpose } from './transpose.ts'
import type { WindowOptions } from './window.ts'

interface Case {
  readonly x: readonly [number, number, number, number]
  readonly w: readonly [number, number, number, number]
  readonly options?: WindowOptions
}

const CASES: Record<string, Case> = {
  'stride 1 without padding': { x: [2, 2, 5, 6], w: [3, 2, 3, 3] },
  'a stride that leaves no rest': { x: [2, 3, 8, 8], w: [2, 3, 4, 4], options: { stride: 2 } },
  'a stride that leaves a rest': {
    x: [2, 2, 9, 7],
    w: [2, 2, 3, 2],
    options: { stride: [4, 3] },
  },
  'a stride longer than the kernel': { x: [1, 2, 8, 7], w: [2, 2, 2, 2], options: { stride: 3 } },
  padding: { x: [2, 2, 4, 3], w: [3, 2, 3, 2], options: { stride: [2, 1], padding: [1, 1] } },
  'padding to the same size': { x: [2, 2, 5, 4], w: [2, 2, 3, 3], options: { padding: 'same' } },
  'padding to half the size': {
    x: [1, 2, 6, 5],
    w: [2, 2, 3, 4],
    options: { stride: 2, padding: 'same' },
  },
  'a kernel of one': { x: [2, 3, 3, 2], w: [4, 3, 1, 1] },
}

describe('convolution', () => {
  it.each(Object.entries(CASES))('with %s', async (_, { x, w, options }) => {
    const feeds = { x: normals(x, 1), w: normals(w, 2) }
    await checkOperation({
      feeds,
      shapes: { x: ['N', ...x.slice(1)] },
      build: (v) => convolution(v.x, v.w, options),
    })
  })

  it.each(Object.entries(CASES).filter(([, { options }]) => options?.padding !== 'same'))(
    'with %s is conv2d with channels first',
    (_, { x, w, options }) => {
      const feeds = { x: normals(x, 1), w: normals(w, 2) }
      const graph = createGraph()
      const image = input(graph, 'x', 'float32', x)
      const kernel = input(graph, 'w', 'float32', w)
      const first = transpose(convolution(image, kernel, options), [0, 2, 3, 1])
      const { stride, padding } = options ?? {}
      const last = conv2d(transpose(image, [0, 2, 3, 1]), transpose(kernel, [2, 3, 1, 0]), {
        ...(stride === undefined ? {} : { stride }),
        ...(typeof padding === 'object' ? { padding } : {}),
      })
      const [found, expected] = evaluate([first, last], feeds)
      expect(found.shape).toEqual(expected.shape)
      expected.data.forEach((value, i) => {
        expect(found.data[i]).toBeCloseTo(value, 12)
      })
    },
  )

  it('adds a bias', async () => {
    await checkOperation({
      feeds: { x: normals([3, 2, 5, 4], 1), w: normals([4, 2, 3, 3], 2), b: normals([4], 3) },
      shapes: { x: ['N', 2, 5, 4] },
      build: ({ x, w, b }) => convolution(x, w, { stride: 2, padding: 'same', bias: b }),
    })
  })

  it('has a gradient that can be differentiated again', async () => {
    const slope = (x: Value, w: Value, of: Value) => {
      const y = convolution(x, w, { stride: 2, padding: 1 })
      return gradients(reduceSum(mul(y, mul(y, y))), [of])[0]
    }
    const feeds = { x: normals([2, 2, 5, 4], 1), w: normals([2, 2, 3, 3], 2) }
    await checkOperation({ feeds, build: ({ x, w }) => [slope(x, w, x), slope(x, w, w)] })
  })

  it('pads to the same size with the larger margin at the end', () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', [1, 1, 4, 84])
    const w = input(graph, 'w', 'float32', [1, 1, 2, 3])
    expect(convolution(x, w, { stride: 2, padding: 'same' }).shape).toEqual([1, 1, 2, 42])
  })

  it('refuses what it cannot do', () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', ['N', 3, 2, 2])
    const w = input(graph, 'w', 'float32', [1, 3, 3, 3])
    expect(() => convolution(x, w)).toThrow('convolution: expected an image of at least 3 × 3')
    expect(() => convolution(x, w, { padding: 1, stride: 0 })).toThrow('stride 0,0')
    expect(() => convolution(x, w, { padding: 1, bias: x })).toThrow('expected a bias of [1]')
    const open = input(graph, 'y', 'float32', ['N', 3, 'H', 4])
    expect(() => convolution(open, w)).toThrow('expected axis 2 to have a known size')
    const other = input(graph, 'z', 'float32', ['N', 2, 4, 4])
    expect(() => convolution(other, w)).toThrow('x [N, Cin, H, W] and w [Cout, Cin, kh, kw]')
  })
})
