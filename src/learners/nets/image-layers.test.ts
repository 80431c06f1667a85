import { describe, expect, it } from 'vitest'
import { tensor } from '../../core/tensor.ts'
import { evaluate } from '../graph/evaluate.ts'
import * as g from '../graph/index.ts'
import { encoderFor } from './encoders.ts'
import { axesNote, imageAxes } from './image-axes.ts'
import { INIT_TABLES } from './inits.ts'
import { createNetwork, type NetworkSpec } from './network.ts'
import { initialiseLayout, segmentTensors } from './segments.ts'
import { studentNetwork } from './student.ts'

const images = (...shape: number[]): NetworkSpec => ({
  observations: { image: { dtype: 'uint8', shape } },
  actions: { kind: 'discrete', count: 6 },
})
const student = studentNetwork('minimax')
const shapes = (spec: NetworkSpec, options: object) =>
  Object.fromEntries(
    createNetwork(spec, { ...student, ...options })
      .layout.segments.filter(({ name }) => /^image|wx/.test(name))
      .map(({ name, shape }) => [name, shape.join('×')]),
  )

describe('layers over images', () => {
  it('of Mnih et al. 2015 make 512 features of four frames', () => {
    expect(shapes(images(84, 84, 4), { encoder: 'nature' })).toEqual({
      'image/layer1/kernel': '8×8×4×32',
      'image/layer1/bias': '32',
      'image/layer2/kernel': '4×4×32×64',
      'image/layer2/bias': '64',
      'image/layer3/kernel': '3×3×64×64',
      'image/layer3/bias': '64',
      'image/layer4/kernel': '3136×512',
      'image/layer4/bias': '512',
      'core/wx': '512×1024',
    })
  })

  it('of Espeholt et al. 2018 make 256 features, with fifteen convolutions', () => {
    const found = shapes(images(84, 84, 4), { encoder: 'impala' })
    const kernels = Object.entries(found).filter(([, shape]) => shape.startsWith('3×3×'))
    expect(kernels).toHaveLength(15)
    expect(found).toMatchObject({
      'image/layer1/kernel': '3×3×4×16',
      'image/layer3/block2/second/kernel': '3×3×16×16',
      'image/layer4/kernel': '3×3×16×32',
      'image/layer11/kernel': '3872×256',
      'core/wx': '256×1024',
    })
  })

  it('of one’s own follow each other', () => {
    const layers = [
      { kind: 'convolution', filters: 5, kernel: 3, stride: 2, padding: 1 },
      { kind: 'pool', kernel: 2, stride: 2, padding: 0 },
    ] as const
    expect(shapes(images(10, 12, 3), { layers })).toMatchObject({
      'image/layer1/kernel': '3×3×3×5',
      'core/wx': `${2 * 3 * 5}×1024`,
    })
  })

  it('give the same features however channels and frames lie', () => {
    const weights = { ...INIT_TABLES.minimax }
    const layers = [
      { kind: 'convolution', filters: 3, kernel: 3, stride: 2, padding: 'same' },
    ] as const
    const pixel = (x: number, y: number, c: number) => (31 * x + 17 * y + 101 * c) % 256
    /** `axes` are the letters of `shape`: frame, row, column, colour of a frame. */
    const features = (shape: readonly number[], axes: string, layered: boolean) => {
      const options = {
        ...student,
        hidden: 4,
        filters: 3,
        channels: axes.endsWith('c') ? ('last' as const) : ('first' as const),
        ...(layered ? { layers } : {}),
      }
      const spec = { dtype: 'uint8', shape } as const
      const encoder = encoderFor('image', 'image', spec, options, weights)
      const graph = g.createGraph()
      const x = g.input(graph, 'image', 'uint8', [1, ...shape])
      const parameters = Object.fromEntries(
        encoder.segments.map((segment) => [
          segment.name,
          g.input(graph, segment.name, 'float32', segment.shape),
        ]),
      )
      const { layout } = createNetwork(images(...shape), options)
      const flat = new Float32Array(layout.size)
      initialiseLayout(layout, flat, [7])
      const colours = shape[axes.indexOf('c')]
      const data = Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => {
        const at: Record<string, number> = { f: 0 }
        let rest = i
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          at[axes[axis]] = rest % shape[axis]
          rest = Math.floor(rest / shape[axis])
        }
        return pixel(at.h, at.w, at.f * colours + at.c)
      })
      const feeds = { ...segmentTensors(layout, flat), image: tensor('uint8', [1, ...shape], data) }
      return [...evaluate([encoder.apply(parameters, x)], feeds)[0].data]
    }
    for (const layered of [true, false]) {
      const last = features([7, 7, 2], 'hwc', layered)
      expect(last.some((value) => value > 0)).toBe(true)
      expect(features([2, 7, 7], 'chw', layered)).toEqual(last)
      const six = features([7, 7, 6], 'hwc', layered)
      expect(features([2, 7, 7, 3], 'fhwc', layered)).toEqual(six)
      expect(features([2, 3, 7, 7], 'fchw', layered)).toEqual(six)
    }
  })

  it('refuse a network that nothing goes through, and images behind a dense layer', () => {
    const refused = (spec: NetworkSpec, options: object) => () =>
      createNetwork(spec, { ...student, ...options })
    expect(refused(images(7, 7, 3), { encoder: 'nature' })).toThrow(
      "network.encoder nature fits no observation: 'image' of 7 × 7 × 3",
    )
    const layers = [
      { kind: 'dense', units: 4 },
      { kind: 'residual', blocks: 1 },
    ] as const
    expect(refused(images(8, 8, 3), { layers })).toThrow("a layer 'residual' takes images")
  })
})

describe('axes of an image', () => {
  it.each([
    [[84, 84, 4], 'last', 4],
    [[4, 84, 84], 'first', 4],
    [[3, 210, 160], 'first', 3],
    [[210, 160, 3], 'last', 3],
    [[8, 8, 111], 'last', 111],
    [[10, 10, 4], 'last', 4],
    [[5, 5, 3], 'last', 3],
    [[1, 28, 28], 'first', 1],
    [[4, 84, 84, 3], 'last', 12],
    [[4, 3, 210, 160], 'first', 12],
    [[2, 7, 7, 1], 'last', 2],
  ] as const)('of %j have their channels %s', (shape, order, channels) => {
    expect(imageAxes(shape, 'auto')).toMatchObject({ order, channels })
  })

  it('are taken as the option says', () => {
    expect(imageAxes([4, 84, 84], 'last')).toMatchObject({ order: 'last', channels: 84 })
    expect(imageAxes([8, 8, 111], 'first')).toMatchObject({ order: 'first', channels: 8 })
    expect(imageAxes([4, 9, 9, 8], 'last')).toMatchObject({ channels: 32, frames: 4 })
    for (const shape of [
      [8, 8],
      [2, 3, 4, 5],
      [8, 8, 8, 8],
      [2, 3, 4, 4, 1],
    ])
      expect(imageAxes(shape, 'auto')).toBeNull()
  })

  it('are told where the last is the longest and nothing was said', () => {
    expect(axesNote('observation', [4, 84, 84], 'auto')).toBe(
      "the observation 'observation' of 4 × 84 × 84 is read as 4 channels of 84 × 84; network.channels: first or last says how it lies",
    )
    expect(axesNote('board', [8, 8, 111], 'auto')).toContain('111 channels of 8 × 8')
    for (const quiet of [
      axesNote('x', [4, 84, 84], 'first'),
      axesNote('x', [84, 84, 4], 'auto'),
      axesNote('x', [5, 5, 5], 'auto'),
      axesNote('x', [7], 'auto'),
    ])
      expect(quiet).toBeUndefined()
  })
})
