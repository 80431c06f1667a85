import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '../../evaluation/wilson.ts'
import { suiteTables } from './evaluation-table.ts'
import { fakeEvaluation } from './testing/fake-run.ts'

describe('suiteTables', () => {
  it('sets the untrained student beside the final one, level by level', () => {
    const [table] = suiteTables({
      baseline: fakeEvaluation('maze/a', { y: 0, x: 0.1 }),
      final: fakeEvaluation('maze/a', { x: 0.5, y: 1 }),
    })
    expect(table.suite).toBe('maze/a')
    expect(table.final?.value).toBe(0.75)
    expect(table.baseline?.value).toBe(0.05)
    expect(
      table.rows.map(({ name, final, baseline }) => [name, final?.value, baseline?.value]),
    ).toEqual([
      ['x', 0.5, 0.1],
      ['y', 1, 0],
    ])
  })

  it('parts several suites, whose levels carry their names', () => {
    const final = fakeEvaluation('random:2 + maze/a', {
      'random:2/random-0': 0,
      'random:2/random-1': 1,
      'maze/a/x': 0.25,
    })
    const tables = suiteTables({ final })
    expect(tables.map(({ suite, rows }) => [suite, rows.map(({ name }) => name)])).toEqual([
      ['random:2', ['random-0', 'random-1']],
      ['maze/a', ['x']],
    ])
    expect(tables[0].final?.interval).toEqual([0, 1])
    expect(tables[0].baseline).toBeNull()
  })

  it('shows the untrained student of a run that was stopped', () => {
    const [table] = suiteTables({ baseline: fakeEvaluation('maze/a', { x: 0.1 }) })
    expect(table.final).toBeNull()
    expect(table.rows[0].baseline?.value).toBe(0.1)
  })

  it('has nothing to say of nothing', () => expect(suiteTables({})).toEqual([]))
})

describe('wilsonInterval', () => {
  // Brown, Cai and DasGupta (2001) and R's prop.test(correct = FALSE).
  it.each([
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [10, 10, 0.7225, 1],
    [81, 263, 0.2553, 0.3662],
  ])('of %i in %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)
    expect(interval[0]).toBeCloseTo(low, 4)
    expect(interval[1]).toBeCloseTo(high, 4)
  })

  it('knows nothing without trials', () => expect(wilsonInterval(0, 0)).toEqual([0, 1]))
})
