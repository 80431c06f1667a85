import { expect, it } from 'vitest'
import { Histogram } from './histogram.ts'
import { prometheusText } from './prometheus.ts'

it('counts by upper bounds, both sides of each', () => {
  const histogram = new Histogram([1, 2, 5])
  expect(histogram.quantile(0.5)).toBeNaN()
  for (const value of [0, 1, 1.5, 2, 2.1, 6]) histogram.observe(value)
  expect([...histogram.counts]).toEqual([2, 2, 1, 1])
  expect(histogram).toMatchObject({ count: 6, sum: 12.6 })
  expect([0.1, 0.5, 0.8, 1].map((q) => histogram.quantile(q))).toEqual([
    1,
    2,
    5,
    Number.POSITIVE_INFINITY,
  ])
})

it('is written as Prometheus reads it', () => {
  const histogram = new Histogram([0.1, 1])
  for (const value of [0.05, 0.5, 3]) histogram.observe(value)
  const text = prometheusText([
    { name: 'a_total', type: 'counter', help: 'As.', values: [{ labels: {}, value: 3 }] },
    {
      name: 'seconds',
      type: 'histogram',
      help: 'Time.',
      values: [{ labels: { model: 'a"b\\c\n' }, value: histogram }],
    },
  ])
  expect(text).toBe(
    [
      '# HELP a_total As.',
      '# TYPE a_total counter',
      'a_total 3',
      '# HELP seconds Time.',
      '# TYPE seconds histogram',
      'seconds_bucket{model="a\\"b\\\\c\\n",le="0.1"} 1',
      'seconds_bucket{model="a\\"b\\\\c\\n",le="1"} 2',
      'seconds_bucket{model="a\\"b\\\\c\\n",le="+Inf"} 3',
      'seconds_sum{model="a\\"b\\\\c\\n"} 3.55',
      'seconds_count{model="a\\"b\\\\c\\n"} 3',
      '',
    ].join('\n'),
  )
})
