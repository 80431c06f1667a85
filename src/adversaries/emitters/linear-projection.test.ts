import { describe, expect, it } from 'vitest'
import {
  type Algorithm,
  measureOf,
  objectiveOf,
  type Problem,
  searchProjection,
} from '../testing/linear-projection.ts'

it('the linear projection benchmark is as published', () => {
  const [best, middle, worst] = [2.048, 0, -5.12].map((x) => new Float64Array(4).fill(x))
  for (const problem of ['sphere', 'rastrigin'] as const) {
    expect(objectiveOf(problem, best)).toBeCloseTo(100, 9)
    expect(objectiveOf(problem, worst)).toBeCloseTo(0, 9)
  }
  expect(objectiveOf('sphere', middle)).toBeCloseTo(100 * (1 - (2 / 7) ** 2), 9)
  expect(measureOf(Float64Array.of(1, 2, 10.24, -3), 0)).toBe(3)
  expect(measureOf(Float64Array.of(1, 2, 10.24, -3), 1)).toBe(0.5 - 3)
})

/**
 * Twenty numbers, 25 × 25 cells, 60 iterations of 180 candidates. No figures of this size are published; those of a hundred numbers
 * are what tests/learning/emitters.ts compares with. The bands are twice as wide as three seeds are apart.
 */
const SMALL = { dimensions: 20, bins: 25, iterations: 60, batch: 180 }
const SEEDS = [1, 2, 3]
const run = (algorithm: Algorithm, problem: Problem) =>
  SEEDS.map((seed) => searchProjection({ ...SMALL, algorithm, problem, seed }))
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe.each(['sphere', 'rastrigin'] as const)('emitters on the %s', (problem) => {
  const [noise, line, filter, mu] = (
    ['map-elites', 'line-map-elites', 'cma-me', 'cma-me-mu'] as const
  ).map((algorithm) => run(algorithm, problem))
  const score = (of: typeof noise) => mean(of.map(({ qdScore }) => qdScore)) / 25 ** 2

  it('fill cells and improve them, as far as seeds agree on', () => {
    const BANDS = {
      sphere: { noise: [26, 29], line: [42, 47], filter: [26, 31], mu: [22, 32] },
      rastrigin: { noise: [23, 28], line: [29, 35], filter: [25, 33], mu: [25, 31] },
    }[problem]
    for (const [name, found] of Object.entries({ noise, line, filter, mu })) {
      const [low, high] = BANDS[name as keyof typeof BANDS]
      expect(score(found), name).toBeGreaterThan(low)
      expect(score(found), name).toBeLessThan(high)
    }
  })

  it('are in the published order: iso+line above noise, CMA-ME above noise', () => {
    expect(score(line)).toBeGreaterThan(score(noise))
    expect(score(filter)).toBeGreaterThan(score(noise))
    const best = Math.max(...filter.map(({ max = 0 }) => max))
    expect(best).toBeGreaterThan(problem === 'sphere' ? 99 : 85)
  })
})
