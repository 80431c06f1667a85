import { describe, it } from 'vitest'
import { type NamedTensors, tensor } from '../../../core/tensor.ts'
import { checkOperation, normals, type OperationCase } from '../check-operation.ts'
import { erf64, gelu } from './activation.ts'
import { embedding, scatterAdd } from './gather.ts'
import { square } from './math.ts'
import { dense } from './matmul.ts'
import { reduceMean } from './mean.ts'

// Operations made of other operations: their float64 reference is the composition itself, so each is written here once
// more from its definition.

const numbers = (feeds: NamedTensors, name: string): number[] =>
  Array.from(feeds[name].data as ArrayLike<number>)
const each = (f: (x: number) => number) => (feeds: NamedTensors) =>
  Float64Array.from(numbers(feeds, 'x'), f)
const rows = (list: readonly number[], width: number): number[][] =>
  Array.from({ length: list.length / width }, (_, row) =>
    list.slice(row * width, (row + 1) * width),
  )
const mean = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / list.length

const CASES: Record<string, OperationCase> = {
  gelu: {
    feeds: { x: normals([3, 5]) },
    build: ({ x }) => gelu(x),
    definition: each((x) => (x * (1 + erf64(x / Math.sqrt(2)))) / 2),
  },
  square: {
    feeds: { x: normals([3, 5]) },
    build: ({ x }) => square(x),
    definition: each((x) => x ** 2),
  },
  'reduceMean of everything, sizes known when it is fed': {
    feeds: { x: normals([2, 3, 4]) },
    shapes: { x: ['T', 'B', 4] },
    build: ({ x }) => reduceMean(x),
    definition: (feeds) => Float64Array.of(mean(numbers(feeds, 'x'))),
  },
  'reduceMean of rows': {
    feeds: { x: normals([3, 4]) },
    build: ({ x }) => reduceMean(x, [1]),
    definition: (feeds) => Float64Array.from(rows(numbers(feeds, 'x'), 4), mean),
  },
  dense: {
    feeds: { x: normals([3, 2], 1), w: normals([2, 4], 2), b: normals([4], 3) },
    build: (v) => dense(v.x, v.w, v.b),
    definition(feeds) {
      const w = rows(numbers(feeds, 'w'), 4)
      const b = numbers(feeds, 'b')
      const products = rows(numbers(feeds, 'x'), 2).flatMap((x) =>
        b.map((bias, j) => x[0] * w[0][j] + x[1] * w[1][j] + bias),
      )
      return Float64Array.from(products)
    },
  },
  embedding: {
    feeds: { x: normals([4, 3]), at: tensor('int32', [3], Int32Array.of(2, 0, 2)) },
    build: (v) => embedding(v.x, v.at),
    definition(feeds) {
      const table = rows(numbers(feeds, 'x'), 3)
      return Float64Array.from([...table[2], ...table[0], ...table[2]])
    },
  },
  'scatterAdd into few rows': {
    feeds: { x: normals([3, 2]), at: tensor('int32', [3], Int32Array.of(1, 3, 1)) },
    build: (v) => scatterAdd(v.x, v.at, 4),
    definition(feeds) {
      const [a, b, c] = rows(numbers(feeds, 'x'), 2)
      return Float64Array.of(0, 0, a[0] + c[0], a[1] + c[1], 0, 0, b[0], b[1])
    },
  },
}

describe('operations made of others', () => {
  it.each(Object.entries(CASES))('%s', async (_, of) => {
    await checkOperation(of)
  })
})
