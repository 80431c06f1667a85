import { describe, expect, it } from 'vitest'
import { moments } from './normalise.ts'

describe('advantage moments', () => {
  // Columns 0 and 2 of [2, 3]: 1, 3, 5, 7; the 100s belong to the column that is left out.
  const values = Float32Array.of(1, 100, 3, 5, 100, 7)
  const ones = new Float32Array(6).fill(1)

  it('divide by n or n − 1', () => {
    const population = moments(values, ones, 2, 3, [0, 2], 'population')
    expect(population.mean).toBe(4)
    expect(population.scale).toBeCloseTo(1 / (Math.sqrt(5) + 1e-5), 12)
    const sample = moments(values, ones, 2, 3, [0, 2], 'sample')
    expect(sample.scale).toBeCloseTo(1 / (Math.sqrt(20 / 3) + 1e-5), 12)
  })

  it('leave out masked steps', () => {
    const weights = Float32Array.of(1, 1, 1, 1, 1, 0)
    const masked = moments(values, weights, 2, 3, [0, 2], 'population')
    expect(masked.mean).toBe(3)
    expect(masked.scale).toBeCloseTo(1 / (Math.sqrt(8 / 3) + 1e-5), 12)
    expect(moments(values, new Float32Array(6), 2, 3, [0], 'sample')).toEqual({ mean: 0, scale: 1 })
  })
})
