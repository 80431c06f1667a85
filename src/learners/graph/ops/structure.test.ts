import { describe, expect, it } from 'vitest'
import { tensor } from '../../../core/tensor.ts'
import { checkOperation, normals, runOnnx } from '../check-operation.ts'
import { evaluate } from '../evaluate.ts'
import { createGraph, input, type Value } from '../graph.ts'
import { argMax } from './argmax.ts'
import { cumsum } from './cumsum.ts'
import { embedding, gather, scatterAdd, takeLast } from './gather.ts'
import { concat, split } from './join.ts'
import { layerNorm } from './layer-norm.ts'
import { reduceMean } from './mean.ts'
import { oneHot } from './one-hot.ts'
import { expandTo, reduceSum } from './reduce.ts'
import { reshape } from './reshape.ts'
import { pad, slice } from './slice.ts'
import { logSoftmax, softmax } from './softmax.ts'

const integers = (shape: number[], ...values: number[]) =>
  tensor('int32', shape, Int32Array.from(values))

const CASES: Record<string, (x: Value) => Value | Value[]> = {
  'reduceSum of all': (x) => reduceSum(x),
  'reduceSum of some': (x) => reduceSum(x, [0, -1]),
  'reduceSum keeping axes': (x) => reduceSum(x, [1], true),
  'reduceMean of all': (x) => reduceMean(x),
  'reduceMean of the last': (x) => reduceMean(x, [-1], true),
  softmax,
  logSoftmax,
  cumsum: (x) => cumsum(x, 1),
  'cumsum reversed': (x) => cumsum(x, 0, { reverse: true }),
  'concat of one value with itself': (x) => concat([x, x], 1),
  split: (x) => [...split(x, [1, 3], 2)],
  'split, partly used': (x) => split(x, [1, 3], 2)[1],
  slice: (x) => slice(x, 2, 1, -1),
  'slice from the end': (x) => slice(x, 0, -1),
  'slice without the last': (x) => slice(x, 0, 0, -1),
  pad: (x) => pad(x, 0, 2, 1),
  'reshape that merges': (x) => reshape(x, [-1, 4]),
  'reshape that splits': (x) => reshape(reshape(x, [-1, 4]), [...x.shape.slice(0, 2), 2, 2]),
  'reshape to a row': (x) => reshape(x, [-1]),
  expandTo: (x) => expandTo(reduceSum(x, [0], true), [5, ...x.shape.slice(1)]),
}

describe.each([
  ['known', undefined],
  ['symbolic', { x: ['T', 'B', 4] }],
])('operations on %s sizes', (_, shapes) => {
  it.each(Object.entries(CASES))('%s', async (__, op) => {
    await checkOperation({ feeds: { x: normals([2, 3, 4]) }, shapes, build: ({ x }) => op(x) })
  })
})

describe('softmax and logSoftmax', () => {
  it('do not overflow', async () => {
    const x = tensor('float64', [2, 3], Float64Array.of(2000, 1999, -2000, -3000, -3001, -3000.5))
    for (const op of [softmax, logSoftmax])
      await checkOperation({ feeds: { x }, fixed: ['x'], build: (v) => op(v.x) })
  })
})

describe('layerNorm', () => {
  it('matches in value and gradients', async () => {
    await checkOperation({
      feeds: { x: normals([3, 6], 1), scale: normals([6], 2), bias: normals([6], 3) },
      shapes: { x: ['B', 6] },
      build: (v) => layerNorm(v.x, v.scale, v.bias),
    })
  })
})

describe('gather', () => {
  it.each([0, 1, 2])('along axis %i, with repeated indices', async (axis) => {
    await checkOperation({
      feeds: { x: normals([3, 3, 3]), at: integers([2, 2], 0, 2, 2, 1) },
      shapes: { at: ['I', 2] },
      build: (v) => gather(v.x, v.at, axis),
    })
  })

  it('serves as an embedding for large and small tables, from bytes too', async () => {
    for (const rows of [4, 100]) {
      const at = tensor('uint8', [2, 3], Uint8Array.of(0, 3, 1, 3, 3, 2))
      await checkOperation({
        feeds: { table: normals([rows, 3]), at },
        shapes: { at: ['T', 'B'] },
        build: (v) => embedding(v.table, v.at),
      })
    }
  })
})

describe('scatterAdd', () => {
  it.each([5, 70])('sums rows into %i', async (size) => {
    await checkOperation({
      feeds: { x: normals([4, 2]), at: integers([4], 1, 4, 1, 0) },
      build: (v) => scatterAdd(v.x, v.at, size),
    })
  })
})

describe('takeLast', () => {
  it('takes one element of each row', async () => {
    await checkOperation({
      feeds: { x: normals([2, 3, 4]), at: integers([2, 3], 0, 3, 1, 2, 2, 0) },
      shapes: { x: ['T', 'B', 4], at: ['T', 'B'] },
      build: (v) => takeLast(v.x, v.at),
    })
  })
})

describe('oneHot and argMax', () => {
  it('undo each other', async () => {
    const graph = createGraph()
    const at = input(graph, 'at', 'int32', ['N'])
    const hot = oneHot(at, 4)
    const feeds = { at: integers([3], 2, 0, 3) }
    const found = await runOnnx(graph, { hot, back: argMax(hot) }, feeds)
    expect([...found.hot.data]).toEqual([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    expect([...found.back.data].map(Number)).toEqual([2, 0, 3])
  })

  it('give a row of zeros for an index outside, in the reference as in ONNX Runtime', async () => {
    const graph = createGraph()
    const hot = oneHot(input(graph, 'at', 'int32', ['N']), 3)
    const feeds = { at: integers([3], 3, -1, 0) }
    const expected = [0, 0, 0, 0, 0, 0, 1, 0, 0]
    expect([...(await runOnnx(graph, { hot }, feeds)).hot.data]).toEqual(expected)
    expect([...evaluate([hot], feeds)[0].data]).toEqual(expected)
  })
})

describe('errors of shapes', () => {
  const graph = createGraph()
  const x = input(graph, 'x', 'float32', ['T', 'B', 4])
  it.each([
    [
      'reshape',
      () => reshape(x, [-1, 3]),
      'reshape: expected a shape with as many elements as [-1, 3], found [T, B, 4]',
    ],
    [
      'split',
      () => split(x, [1, 2], 2),
      'split: expected axis 2 to be the sum of [1, 2], found [T, B, 4]',
    ],
    ['slice', () => slice(x, 2, 1, 6), 'slice: expected axis 2 to hold 1 to 6, found [T, B, 4]'],
    [
      'concat',
      () => concat([x, reduceSum(x, [0], true)], 1),
      'concat: expected equal shapes apart from axis 1, found [T, B, 4] and [1, B, 4]',
    ],
    [
      'reduceSum',
      () => reduceSum(x, [3]),
      'reduceSum: expected a tensor with an axis 3, found [T, B, 4]',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(message)
  })
})
