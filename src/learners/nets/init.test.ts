import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { type Init, initialise, orthogonal } from './init.ts'

function filled(shape: readonly number[], init: Init): Float32Array {
  const out = new Float32Array(shape.reduce((a, b) => a * b, 1))
  initialise(out, shape, init, stream(7, 'init'))
  return out
}

/** Column dot products of a row-major matrix. */
function gram(matrix: Float32Array, rows: number, columns: number, from: number, to: number) {
  const width = to - from
  return Array.from({ length: width * width }, (_, k) => {
    let sum = 0
    const [a, b] = [from + Math.floor(k / width), from + (k % width)]
    for (let row = 0; row < rows; row++)
      sum += matrix[row * columns + a] * matrix[row * columns + b]
    return sum
  })
}

const identity = (size: number, scale: number): number[] =>
  Array.from({ length: size * size }, (_, k) => (k % (size + 1) === 0 ? scale : 0))

const expectClose = (found: readonly number[], wanted: readonly number[]) => {
  const worst = Math.max(...found.map((value, i) => Math.abs(value - wanted[i])))
  expect(worst).toBeLessThan(1e-6)
}

describe('initial weights', () => {
  it('makes orthonormal columns of a tall matrix, kernels flattened to [h·w·cin, cout]', () => {
    expectClose(gram(filled([3, 3, 3, 16], orthogonal(Math.SQRT2)), 27, 16, 0, 16), identity(16, 2))
  })

  it('makes orthonormal rows of a wide matrix', () => {
    const matrix = filled([4, 9], orthogonal(3))
    const transposed = new Float32Array(36)
    for (let i = 0; i < 4; i++)
      for (let j = 0; j < 9; j++) transposed[j * 4 + i] = matrix[i * 9 + j]
    expectClose(gram(transposed, 9, 4, 0, 4), identity(4, 9))
  })

  it('makes every gate orthogonal by itself', () => {
    const matrix = filled([8, 32], orthogonal(1, 4))
    for (let gate = 0; gate < 4; gate++)
      expectClose(gram(matrix, 8, 32, gate * 8, gate * 8 + 8), identity(8, 1))
  })

  it('has a uniform direction: no entry of a column is favoured', () => {
    const sums = new Float64Array(3)
    const squares = new Float64Array(3)
    for (let seed = 0; seed < 4000; seed++) {
      const out = new Float32Array(3)
      initialise(out, [3, 1], orthogonal(1), stream(seed))
      for (let i = 0; i < 3; i++) {
        sums[i] += out[i] / 4000
        squares[i] += out[i] ** 2 / 4000
      }
    }
    for (let i = 0; i < 3; i++) {
      expect(Math.abs(sums[i])).toBeLessThan(0.05)
      expect(squares[i]).toBeCloseTo(1 / 3, 1)
    }
  })

  it('keeps the moments and bounds of the others', () => {
    const xavier = filled([3, 3, 4, 100], { kind: 'xavier-uniform' })
    const bound = Math.sqrt(6 / (9 * 104))
    expect(Math.max(...xavier)).toBeLessThanOrEqual(bound)
    expect(Math.max(...xavier)).toBeGreaterThan(0.99 * bound)
    const lecun = filled([50, 400], { kind: 'lecun-normal' })
    const variance = lecun.reduce((sum, value) => sum + value * value, 0) / lecun.length
    expect(variance * 50).toBeCloseTo(1, 1)
    expect(Math.max(...lecun) * Math.sqrt(50)).toBeLessThan(2 / 0.8796 + 1e-6)
    expect([...filled([3], { kind: 'constant', value: 0.5 })]).toEqual([0.5, 0.5, 0.5])
  })

  it('refuses gates that do not divide the outputs', () => {
    expect(() => filled([4, 10], orthogonal(1, 4))).toThrow(/cannot be cut into 4/)
  })
})
