import { describe, expect, it } from 'vitest'
import { rollingRate } from './rate.ts'

describe('rollingRate', () => {
  it('knows nothing from one moment', () => {
    const rate = rollingRate()
    rate.add(0, 0, 0)
    expect(rate.perSecond()).toBeNaN()
    expect(rate.timeLeft()).toBeNaN()
  })

  it('gives steps a second and what is left of the budget', () => {
    const rate = rollingRate()
    rate.add(0, 0, 0)
    rate.add(2_000, 1_000, 0.25)
    expect(rate.perSecond()).toBe(500)
    expect(rate.timeLeft()).toBe(6_000)
    rate.add(8_000, 4_000, 1)
    expect(rate.timeLeft()).toBe(0)
  })

  it('forgets what lies further back than its window', () => {
    const rate = rollingRate(10_000)
    rate.add(0, 0, 0)
    rate.add(10_000, 100, 0.1)
    for (let second = 11; second <= 40; second++)
      rate.add(second * 1_000, 100 + (second - 10) * 1_000, 0.1 + (second - 10) * 0.01)
    expect(rate.perSecond()).toBeCloseTo(1_000)
  })

  it('keeps two moments however far apart', () => {
    const rate = rollingRate(1_000)
    rate.add(0, 0, 0)
    rate.add(60_000, 600, 0.5)
    expect(rate.perSecond()).toBe(10)
  })

  it('starts anew after a reset', () => {
    const rate = rollingRate()
    rate.add(0, 0, 0)
    rate.add(1_000, 1_000, 0.5)
    rate.reset()
    rate.add(2_000, 200, 0.1)
    rate.add(3_000, 300, 0.15)
    expect(rate.perSecond()).toBe(100)
  })
})
