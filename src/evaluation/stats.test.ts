import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import {
  aggregate,
  bootstrapInterval,
  interquartileMean,
  mean,
  optimalityGap,
  quantile,
  stratifiedBootstrapInterval,
} from './stats.ts'

describe('statistics by hand', () => {
  it('interquartile mean drops ⌊n/4⌋ at each end', () => {
    // 8 values: the two lowest and two highest go; (3 + 4 + 5 + 6) / 4.
    expect(interquartileMean([100, 1, 3, 2, 5, 4, 6, 7])).toBe(4.5)
    // 5 values: one at each end; (2 + 3 + 10) / 3.
    expect(interquartileMean([1, 2, 3, 10, 99])).toBe(5)
    // 3 values: none.
    expect(interquartileMean([0, 0, 3])).toBe(1)
  })

  it('optimality gap counts what is above the goal as the goal', () => {
    // (1 − 0.2) + (1 − 1) + (1 − 1) over 3.
    expect(optimalityGap([0.2, 1, 5])).toBeCloseTo(0.8 / 3, 12)
    expect(optimalityGap([0.5, 3], 2)).toBeCloseTo(0.75, 12)
  })

  it('quantiles are linear between neighbours', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(quantile([1, 2, 3, 4], 0.025)).toBeCloseTo(1.075, 12)
    expect(quantile([7], 0.975)).toBe(7)
  })
})

describe('bootstrap', () => {
  it('has no width where nothing varies', () => {
    expect(bootstrapInterval([0.3, 0.3, 0.3], mean, stream(1))).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(0.3, 12),
    ])
  })

  it('of two values is theirs: each draw has the mean 0, ½ or 1 with odds 1 : 2 : 1', () => {
    expect(bootstrapInterval([0, 1], mean, stream(1))).toEqual([0, 1])
    const [low, high] = bootstrapInterval([0, 1], mean, stream(1), 2000, 0.4)
    expect([low, high]).toEqual([0.5, 0.5])
  })

  it('comes close to the normal interval for many values', () => {
    const values = Array.from({ length: 400 }, (_, i) => i % 2)
    const [low, high] = bootstrapInterval(values, mean, stream(3))
    // Standard error of a mean of 400 fair coins: 0.025.
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.025, 2)
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.025, 2)
  })

  it('is the same for the same stream', () => {
    const values = [0, 0.5, 1, 0.2]
    const once = bootstrapInterval(values, mean, stream(5, 'a'))
    expect(bootstrapInterval(values, mean, stream(5, 'a'))).toEqual(once)
  })

  it('stratified never mixes levels', () => {
    // Runs agree on each level though levels differ: resampling runs within levels changes nothing.
    const scores = [
      [0, 1, 0.5],
      [0, 1, 0.5],
    ]
    expect(stratifiedBootstrapInterval(scores, mean, stream(1))).toEqual([0.5, 0.5])
    // Two runs that differ on one level of two: pooled means are 0, ¼ and ½ with odds 1 : 2 : 1.
    const split = [
      [0, 0],
      [1, 0],
    ]
    expect(stratifiedBootstrapInterval(split, mean, stream(1))).toEqual([0, 0.5])
    expect(stratifiedBootstrapInterval(split, mean, stream(1), 2000, 0.4)).toEqual([0.25, 0.25])
  })
})

describe('aggregate', () => {
  it('gives each statistic with an interval that holds it', () => {
    const scores = [
      [0.1, 0.9, 0.4, 1],
      [0.3, 0.7, 0.5, 1],
      [0.2, 0.8, 0.9, 1],
    ]
    const result = aggregate(scores, (name) => stream(1, name))
    expect(result.mean).toBeCloseTo(7.8 / 12, 12)
    // Sorted: .1 .2 .3 | .4 .5 .7 .8 .9 .9 | 1 1 1.
    expect(result.iqm).toBeCloseTo(4.2 / 6, 12)
    expect(result.optimalityGap).toBeCloseTo(1 - 7.8 / 12, 12)
    for (const [value, [low, high]] of [
      [result.mean, result.meanInterval],
      [result.iqm, result.iqmInterval],
      [result.optimalityGap, result.optimalityGapInterval],
    ] as const) {
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    }
  })
})
