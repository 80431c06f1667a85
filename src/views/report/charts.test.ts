import { describe, expect, it } from 'vitest'
import type { MetricsRow } from '../../run/contract.ts'
import { MOST_POINTS, selectCharts } from './charts.ts'

const rows = (count: number, metrics: (cycle: number) => Record<string, number>): MetricsRow[] =>
  Array.from({ length: count }, (_, index) => ({
    cycle: index + 1,
    gradient_updates: Math.floor((index + 1) / 2),
    env_steps: (index + 1) * 100,
    ...metrics(index + 1),
  }))

describe('selectCharts', () => {
  it('puts known metrics on named charts and all others among the rest', () => {
    const charts = selectCharts(
      rows(3, (cycle) => ({
        'agent/return_mean': cycle,
        'agent/policy_loss': 0,
        'agent/value_loss': 1,
        'adversary/score_mean': 0.5,
        'adversary/buffer_fill': 0.1,
      })),
    )
    expect(charts.main.map(({ title }) => title)).toEqual(['Return', 'Losses', 'Buffer scores'])
    expect(charts.main[0].series).toEqual([
      { label: 'return mean', rows: [0, 1, 2], values: [1, 2, 3] },
    ])
    expect(charts.main[1].series.map(({ label }) => label)).toEqual(['policy loss', 'value loss'])
    expect(charts.rest.map(({ title, rate }) => [title, rate])).toEqual([
      ['adversary/buffer_fill', true],
    ])
    expect(charts.axes.env_steps).toEqual([100, 200, 300])
    expect(charts.axes.gradient_updates).toEqual([0, 1, 1])
  })

  it('tells slots apart by name', () => {
    const [chart] = selectCharts(
      rows(1, () => ({ 'antagonist/return_mean': 1, 'protagonist/return_mean': 2 })),
    ).main
    expect(chart.series.map(({ label }) => label)).toEqual([
      'antagonist return mean',
      'protagonist return mean',
    ])
  })

  it('draws suites as curves of sparse points and leaves their levels to the rest', () => {
    const charts = selectCharts(
      rows(
        10,
        (cycle): Record<string, number> =>
          cycle % 5 === 0
            ? {
                'evaluation/maze/a/solved_rate': cycle / 10,
                'evaluation/maze/a/Rooms/solved_rate': 1,
                'evaluation/maze/a/goal_difference': -2,
                'evaluation/maze/a/mean_return': 1,
                'evaluation/maze/b/solved_rate': 0,
              }
            : {},
      ),
    )
    expect(charts.main[0].series).toEqual([
      { label: 'maze/a', rows: [4, 9], values: [0.5, 1] },
      { label: 'maze/b', rows: [4, 9], values: [0, 0] },
    ])
    expect(charts.main[1]).toMatchObject({
      title: 'Goal difference in evaluation',
      rate: false,
      series: [{ label: 'maze/a', rows: [4, 9], values: [-2, -2] }],
    })
    expect(charts.rest.map(({ title }) => title)).toEqual([
      'evaluation/maze/a/Rooms/solved_rate',
      'evaluation/maze/a/mean_return',
    ])
  })

  it('averages neighbours where there are more rows than columns of a screen', () => {
    const charts = selectCharts(rows(2 * MOST_POINTS, (cycle) => ({ 'agent/entropy': cycle })))
    const [series] = charts.main[0].series
    expect(charts.stride).toBe(2)
    expect(series.values).toHaveLength(MOST_POINTS)
    expect([series.rows[0], series.values[0]]).toEqual([1, 1.5])
  })

  it('takes the speed from the timings', () => {
    const timing = (cycle: number, cycle_ms: number) => ({ cycle, epoch: 1, cycle_ms, wall_ms: 0 })
    const { main } = selectCharts(
      rows(3, () => ({})),
      [timing(1, 10), timing(2, 50), timing(3, 0)],
    )
    expect(main).toHaveLength(1)
    expect(main[0].series[0]).toEqual({ label: 'env steps/s', rows: [1], values: [2000] })
  })
})
