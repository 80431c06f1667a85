import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import {
  conditionalValueAtRisk,
  performanceProfile,
  probabilityOfImprovement,
  worstShare,
} from './contrast.ts'

const random = () => stream(0, 'contrast')

describe('conditional value at risk', () => {
  it('is the mean of the worst values, of one at least', () => {
    const values = [0.9, 0.1, 0.5, 0.3, 1, 0.7, 0.8, 0.6, 0.4, 0.2]
    expect(conditionalValueAtRisk(values, 0.2)).toBeCloseTo(0.15, 12)
    expect(conditionalValueAtRisk(values, 0.01)).toBe(0.1)
    expect(worstShare(1)(Float64Array.from(values))).toBeCloseTo(0.55, 12)
    expect(values[0]).toBe(0.9)
  })
})

describe('probability of improvement', () => {
  it('counts wins and half of the draws, level by level', () => {
    // Level 1: 3 wins and a draw of 4 pairs. Level 2: two draws of 4.
    const a = [
      [0.2, 0],
      [0.6, 0.5],
    ]
    const b = [
      [0.2, 0.5],
      [0.1, 0.5],
    ]
    const { value, interval } = probabilityOfImprovement(a, b, random())
    expect(value).toBeCloseTo((3.5 / 4 + 1 / 4) / 2, 12)
    expect(interval[0]).toBeLessThanOrEqual(value)
    expect(interval[1]).toBeGreaterThanOrEqual(value)
    expect(probabilityOfImprovement(a, b, random())).toEqual({ value, interval })
  })

  it('and its opposite are one', () => {
    const matrix = fc.array(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(matrix, matrix, (a, b) => {
        const there = probabilityOfImprovement(a, b, random(), 1).value
        const back = probabilityOfImprovement(b, a, random(), 1).value
        expect(there + back).toBeCloseTo(1, 12)
      }),
      { numRuns: 50 },
    )
  })
})

describe('performance profile', () => {
  it('is the share above each threshold', () => {
    const scores = [
      [0, 0.5],
      [0.5, 1],
    ]
    const { shares, low, high } = performanceProfile(scores, [0, 0.5, 0.9, 1], random())
    expect(shares).toEqual([0.75, 0.25, 0.25, 0])
    shares.forEach((share, t) => {
      expect(low[t]).toBeLessThanOrEqual(share)
      expect(high[t]).toBeGreaterThanOrEqual(share)
    })
    expect([low[0], high[0]]).toEqual([0.5, 1])
  })

  it('has no width where every run scores alike', () => {
    const { shares, low, high } = performanceProfile([[0.2, 0.8]], [0.1, 0.5], random())
    expect([shares, low, high]).toEqual([
      [1, 0.5],
      [1, 0.5],
      [1, 0.5],
    ])
  })
})
