import { describe, expect, it } from 'vitest'
import { addSpending, budgetDone, NOTHING_SPENT, sumCosts } from './spending.ts'

describe('spending', () => {
  it('has only the counters that somebody counted', () => {
    expect(addSpending(NOTHING_SPENT, { cycles: 1 })).toEqual({ ...NOTHING_SPENT, cycles: 1 })
    expect(addSpending({ ...NOTHING_SPENT, calls: 2 }, { tokens: 5 })).toEqual({
      ...NOTHING_SPENT,
      calls: 2,
      tokens: 5,
    })
  })

  it('is done by one unit alone, and nothing is done of what was not counted', () => {
    expect(budgetDone({ tokens: 10 }, NOTHING_SPENT)).toBe(0)
    expect(budgetDone({ tokens: 10 }, { ...NOTHING_SPENT, cycles: 99, tokens: 5 })).toBe(0.5)
    expect(budgetDone({ cycles: 3 }, { ...NOTHING_SPENT, cycles: 4 })).toBe(1)
  })

  it('sums costs in the order of their keys, whichever came first', () => {
    const costs = [0.1, 0.2, 0.3].map((money, i) => [`1/judge/${i}`, { calls: 1, money }] as const)
    const there = sumCosts(new Map(costs))
    const back = sumCosts(new Map(costs.toReversed()))
    expect(there).toEqual({ calls: 3, money: 0.1 + 0.2 + 0.3 })
    expect(back).toEqual(there)
  })
})
