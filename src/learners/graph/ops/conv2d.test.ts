import { describe, expect, it } from 'vitest'
import { elementCount } from '../../../core/tensor.ts'
import { checkOperation, normals } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { type Array64, createGraph, input } from '../graph.ts'
import { type Conv2dOptions, conv2d } from './conv2d.ts'

interface Case {
  readonly x: number[]
  readonly w: number[]
  readonly options?: Conv2dOptions
}

const CASES: Record<string, Case> = {
  'a small image': { x: [2, 4, 4, 2], w: [3, 3, 2, 3] },
  'a small image, padded and strided': {
    x: [2, 4, 3, 2],
    w: [3, 2, 2, 2],
    options: { stride: [2, 1], padding: [1, 2] },
  },
  'a large image': { x: [2, 6, 7, 2], w: [2, 2, 2, 3] },
  'a large image, padded and strided': {
    x: [1, 7, 6, 2],
    w: [2, 3, 2, 2],
    options: { stride: [2, 3], padding: [1, 0] },
  },
  'a kernel of one': { x: [2, 3, 3, 2], w: [1, 1, 2, 3] },
}

/** The definition, index by index. */
function byDefinition(x: Array64, w: Array64, { stride = 1, padding = 0 }: Conv2dOptions = {}) {
  const [sy, sx] = typeof stride === 'number' ? [stride, stride] : stride
  const [py, px] = typeof padding === 'number' ? [padding, padding] : padding
  const [count, height, width, channels] = x.shape
  const [ky, kx, , filters] = w.shape
  const oy = Math.floor((height + 2 * py - ky) / sy) + 1
  const ox = Math.floor((width + 2 * px - kx) / sx) + 1
  const out = Array.from({ length: count * oy * ox * filters }, (_, flat) => {
    const f = flat % filters
    const q = Math.floor(flat / filters)
    const [n, i, j] = [Math.floor(q / (oy * ox)), Math.floor(q / ox) % oy, q % ox]
    let sum = 0
    for (let tap = 0; tap < ky * kx * channels; tap++) {
      const c = tap % channels
      const [dy, dx] = [Math.floor(tap / channels / kx), Math.floor(tap / channels) % kx]
      const [y, z] = [i * sy + dy - py, j * sx + dx - px]
      if (y < 0 || y >= height || z < 0 || z >= width) continue
      const pixel = x.data[((n * height + y) * width + z) * channels + c]
      sum += pixel * w.data[tap * filters + f]
    }
    return sum
  })
  return { shape: [count, oy, ox, filters], out }
}

describe('conv2d', () => {
  it.each(Object.entries(CASES))('of %s', async (_, { x, w, options }) => {
    const feeds = { x: normals(x, 1), w: normals(w, 2) }
    await checkOperation({
      feeds,
      shapes: { x: ['N', ...x.slice(1)] },
      build: (v) => conv2d(v.x, v.w, options),
    })
    const graph = createGraph()
    const y = conv2d(input(graph, 'x', 'float32', x), input(graph, 'w', 'float32', w), options)
    const expected = byDefinition(feeds.x, feeds.w, options)
    expect(y.shape).toEqual(expected.shape)
    expect(elementCount(expected.shape)).toBe(expected.out.length)
    const [found] = evaluate([y], feeds)
    expected.out.forEach((value, i) => {
      expect(found.data[i]).toBeCloseTo(value, 12)
    })
  })

  it('refuses what it cannot do', () => {
    const graph = createGraph()
    const x = input(graph, 'x', 'float32', ['N', 2, 2, 3])
    const w = input(graph, 'w', 'float32', [3, 3, 3, 1])
    expect(() => conv2d(x, w)).toThrow('conv2d: expected an image at least as large as the kernel')
    expect(() => conv2d(x, w, { padding: 1, stride: 0 })).toThrow('stride 0,0')
    const open = input(graph, 'y', 'float32', ['N', 'H', 4, 3])
    expect(() => conv2d(open, w)).toThrow('conv2d: expected axis 1 to have a known size')
  })
})
