import { expect, it } from 'vitest'
import { normalQuantile } from './normal-quantile.ts'

it('gives the quantiles of tables', () => {
  const table = [
    [0.5, 0],
    [0.75, 0.674489750196],
    [0.025, -1.95996398454],
    [0.975, 1.95996398454],
    [0.999, 3.09023230617],
    [1e-5, -4.26489079392],
    [0.076, -1.43250272765],
  ]
  for (const [p, z] of table) expect(normalQuantile(p)).toBeCloseTo(z, 5)
})

it('is finite at both ends, and alike on both sides', () => {
  expect(normalQuantile(0)).toBeCloseTo(-5.42, 1)
  expect(normalQuantile(1)).toBe(-normalQuantile(0))
  for (let i = 1; i < 50; i++)
    expect(normalQuantile(i / 100)).toBeCloseTo(-normalQuantile(1 - i / 100), 9)
})
