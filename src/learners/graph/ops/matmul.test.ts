import { describe, expect, it } from 'vitest'
import { checkOperation, normals } from '../check-operation.ts'
import { createGraph, input } from '../graph.ts'
import { dense, gemm, matmul } from './matmul.ts'
import { transpose } from './transpose.ts'

describe('matmul', () => {
  const cases: [string, number[], number[]][] = [
    ['two matrices', [2, 3], [3, 4]],
    ['a shared right factor', [2, 3, 4], [4, 2]],
    ['batches', [2, 3, 4], [2, 4, 2]],
    ['broadcast batches', [2, 1, 3, 2], [3, 2, 4]],
    ['a shared left factor', [3, 2], [2, 2, 4]],
  ]
  it.each(cases)('of %s', async (_, a, b) => {
    await checkOperation({
      feeds: { a: normals(a, 1), b: normals(b, 2) },
      build: (v) => matmul(v.a, v.b),
    })
  })

  it('keeps symbolic batches', async () => {
    await checkOperation({
      feeds: { a: normals([2, 3, 4], 1), b: normals([4, 2], 2) },
      shapes: { a: ['T', 'B', 4] },
      build: (v) => matmul(v.a, v.b),
    })
  })

  it('names what does not fit', () => {
    const graph = createGraph()
    const a = input(graph, 'a', 'float32', ['T', 'B', 4])
    const w = input(graph, 'w', 'float32', [5, 2])
    expect(() => matmul(a, w)).toThrow(
      'matmul: expected [..., M, K] and [..., K, N], found [T, B, 4] and [5, 2]',
    )
  })
})

describe('gemm', () => {
  const flags = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const))
  it.each(flags)('with transposes %s, %s', async (transposeA, transposeB) => {
    await checkOperation({
      feeds: {
        a: normals(transposeA ? [3, 2] : [2, 3], 1),
        b: normals(transposeB ? [4, 3] : [3, 4], 2),
      },
      build: (v) => gemm(v.a, v.b, { transposeA, transposeB }),
    })
  })
})

describe('dense', () => {
  it.each([[[4]], [[3, 4]], [[2, 3, 4]]])('maps the last axis of %s', async (shape) => {
    await checkOperation({
      feeds: { x: normals(shape, 1), w: normals([4, 2], 2), b: normals([2], 3) },
      build: (v) => dense(v.x, v.w, v.b),
    })
  })
})

describe('transpose', () => {
  it.each([[[0, 2, 1]], [[2, 0, 1]], [undefined]])('by %s', async (permutation) => {
    await checkOperation({
      feeds: { x: normals([2, 3, 4]) },
      shapes: { x: ['A', 3, 'C'] },
      build: (v) => transpose(v.x, permutation),
    })
  })
})
