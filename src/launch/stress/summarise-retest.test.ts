import { expect, it } from 'vitest'
import { meanInterval, retestedLevel, retestTotals } from './summarise-retest.ts'

it('gives the mean of repeats with its normal interval', () => {
  expect(meanInterval([1])).toBeNull()
  const [low, high] = meanInterval([0, 1, 2, 3]) ?? [0, 0]
  // Deviation 1.291, of the mean 0.6455.
  expect(low).toBeCloseTo(1.5 - 1.959964 * 0.645497, 5)
  expect(high).toBeCloseTo(1.5 + 1.959964 * 0.645497, 5)
})

it('tells what is left of what an archive promised', () => {
  const of = (id: string, archived: number) => ({ id, cell: [0], archived })
  const value = (objective: number) => ({ objective, values: { return: 1 - objective } })
  const levels = [
    retestedLevel(of('L1', 1), [value(0.5), value(0.7)]),
    retestedLevel(of('L2', 0.8), [value(-0.1), value(0.2)]),
    retestedLevel(of('L3', 0.6), []),
  ]
  expect(levels[0]).toMatchObject({ fresh: 0.6, scored: 2, values: { return: 0.4 } })
  expect(levels[2]).toMatchObject({ fresh: null, interval: null, values: {} })
  const { archived, fresh, above, surely } = retestTotals(levels)
  expect([archived, above, surely]).toEqual([0.9, 1, 0.5])
  expect(fresh).toBeCloseTo(0.325)
  expect(retestTotals([levels[2]]).fresh).toBeNull()
})
