import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { createCmaEs, isExhausted, resetCmaEs, sampleCmaEs, updateCmaEs } from './cma-es.ts'
import { fillNormals } from './normals.ts'
import { decomposeSymmetric, eigenScratch } from './symmetric-eigen.ts'

describe('a symmetric matrix', () => {
  it.each([1, 2, 3, 7, 42])('of %i rows is taken apart to eigenvectors and their values', (n) => {
    const random = stream('matrix', n)
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) {
        matrix[i * n + j] = random.normal()
        matrix[j * n + i] = matrix[i * n + j]
      }
    const [values, vectors] = [new Float64Array(n), new Float64Array(n * n)]
    expect(decomposeSymmetric(n, matrix.slice(), values, vectors, eigenScratch(n))).toBe(true)
    let worst = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let [image, along] = [0, 0]
        for (let k = 0; k < n; k++) {
          image += matrix[j * n + k] * vectors[i * n + k]
          along += vectors[i * n + k] * vectors[j * n + k]
        }
        worst = Math.max(worst, Math.abs(image - values[i] * vectors[i * n + j]))
        worst = Math.max(worst, Math.abs(along - (i === j ? 1 : 0)))
      }
    expect(worst).toBeLessThan(1e-12 * n)
  })

  it('that is none does not go on for ever', () => {
    const matrix = new Float64Array(9).fill(Number.NaN)
    expect(
      decomposeSymmetric(3, matrix, new Float64Array(3), new Float64Array(9), eigenScratch(3)),
    ).toBe(false)
  })
})

it('normal numbers come in pairs, with mean 0 and variance 1', () => {
  const values = new Float64Array(20_001)
  fillNormals(stream('normals'), values, values.length)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  const alone = new Float64Array(3)
  fillNormals(stream('normals'), alone, 3)
  expect([...alone.subarray(0, 2)]).toEqual([...values.subarray(0, 2)])
})

/** Generations until the least of `f` is below `goal`, at most 1000. */
function solve(n: number, f: (x: Float64Array) => number, widths = new Float64Array(n).fill(1)) {
  const es = createCmaEs(widths)
  resetCmaEs(
    es,
    widths.map((width) => 3 * width),
    1,
  )
  const batch = 4 + Math.floor(3 * Math.log(n))
  const points = new Float64Array(batch * n)
  const random = stream('solve', n)
  for (let generation = 1; generation <= 1000; generation++) {
    for (let i = 0; i < batch; i++) sampleCmaEs(es, random, points, i * n)
    const values = Array.from({ length: batch }, (_, i) => f(points.subarray(i * n, (i + 1) * n)))
    const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b])
    if (values[order[0]] < 1e-9) return generation
    updateCmaEs(es, points, order, batch >> 1, batch)
  }
  return Number.POSITIVE_INFINITY
}

describe('CMA-ES', () => {
  const sphere = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0)

  it('finds the least of a sphere, of an ellipsoid of condition 10⁶ and of Rosenbrock’s valley', () => {
    expect(solve(10, sphere)).toBeLessThan(200)
    expect(
      solve(8, (x) => x.reduce((sum, value, i) => sum + 10 ** ((6 * i) / 7) * value * value, 0)),
    ).toBeLessThan(600)
    const valley = (x: Float64Array) =>
      x
        .subarray(1)
        .reduce((sum, next, i) => sum + 100 * (next - x[i] ** 2) ** 2 + (1 - x[i]) ** 2, 0)
    expect(solve(3, valley)).toBeLessThan(600)
  })

  it('does not care in what units numbers are', () => {
    const widths = Float64Array.of(1, 1000, 0.001, 1)
    const scaled = solve(4, (x) => sphere(x.map((value, i) => value / widths[i])), widths)
    expect(scaled).toBe(solve(4, sphere))
  })

  it('is exhausted once it is narrow, lopsided or no distribution any more', () => {
    const es = createCmaEs(new Float64Array(2).fill(1))
    resetCmaEs(es, [0, 0], 1)
    expect(isExhausted(es)).toBe(false)
    es.sigma = 1e-12
    expect(isExhausted(es)).toBe(true)
    es.sigma = 1
    es.scales[0] = 1e-8
    expect(isExhausted(es)).toBe(true)
    es.scales[0] = Number.NaN
    expect(isExhausted(es)).toBe(true)
    resetCmaEs(es, [0, 0], 1)
    expect(isExhausted(es)).toBe(false)
  })
})
