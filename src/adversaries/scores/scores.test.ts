import { describe, expect, it } from 'vitest'
import type { EpisodeSummary } from '../../learners/contract.ts'
import { spelled } from '../../learners/statistics.ts'
import type { LevelRecord } from './score.ts'
import { scoreIds, scores } from './scores.ts'

const episode = (changes: Partial<EpisodeSummary>): EpisodeSummary => ({
  episode: 0,
  seat: 'agent',
  finished: true,
  solved: false,
  return: 0,
  length: 1,
  studentVersion: 0,
  extras: {},
  ...changes,
})

const level = (
  students: readonly (readonly EpisodeSummary[])[],
  changes: Partial<LevelRecord> = {},
): LevelRecord => ({ students, maxReturn: 0.8, features: {}, draw: 0.375, ...changes })

const evaluate = (id: string, record: LevelRecord): number => {
  const score = scores.get(id)
  if (score === undefined) throw new Error(`no score ${id}`)
  return score.evaluate(record)
}

const ofReturns = (...students: readonly (readonly number[])[]): LevelRecord =>
  level(students.map((returns) => returns.map((value) => episode({ return: value }))))

describe('scores of single students', () => {
  const short = episode({
    return: 0.5,
    length: 2,
    discountedReturn: 0.4,
    value0: 0.1,
    sumValue: 0.6,
    sumAdvantage: -0.4,
    sumAbsAdvantage: 0.8,
    sumPositiveAdvantage: 0.2,
    sumAbsTdError: 0.3,
    sumEntropy: 1.2,
    sumLeastConfidence: 0.5,
    sumMinMargin: 1.8,
    sumValueDeviation: 0.5,
  })
  const long = episode({
    return: 0,
    length: 10,
    discountedReturn: 0,
    value0: 0.9,
    sumValue: 4,
    sumAdvantage: 2,
    sumAbsAdvantage: 3,
    sumPositiveAdvantage: 2.5,
    sumAbsTdError: 1.8,
    sumEntropy: 2,
    sumLeastConfidence: 1.5,
    sumMinMargin: 3,
    sumValueDeviation: 4,
  })
  // Each episode counts once, whatever its length: mean over steps first, then over episodes.
  const expected: Readonly<Record<string, number>> = {
    return: 0.25,
    'negative-return': -0.25,
    'l1-value-loss': (0.4 + 0.3) / 2,
    'positive-value-loss': (0.1 + 0.25) / 2,
    'signed-value-loss': (-0.2 + 0.2) / 2,
    'max-mc': (0.8 - 0.3 + (0.8 - 0.4)) / 2,
    'grounded-signed': 0.45,
    'grounded-positive': (0.7 + 0) / 2,
    'one-step-td': (0.3 / 1 + 1.8 / 9) / 2,
    'policy-entropy': (0.6 + 0.2) / 2,
    'least-confidence': (0.25 + 0.15) / 2,
    'min-margin': (0.9 + 0.3) / 2,
    'value-disagreement': (0.25 + 0.4) / 2,
    random: 0.375,
    uniform: 1,
  }
  it.each(Object.entries(expected))('%s', (id, value) => {
    expect(evaluate(id, level([[short, long]]))).toBeCloseTo(value, 12)
  })
  it('average over the students that finished an episode', () => {
    expect(evaluate('return', ofReturns([1, 0], [], [1]))).toBe(0.75)
  })
  it('take |r − V| as the TD error of an episode of one step', () => {
    expect(evaluate('one-step-td', level([[episode({ return: 1, value0: 0.25 })]]))).toBe(0.75)
  })
  it('take the slope of the last visits for tscl-slope, falling or rising', () => {
    const visits = [
      { cycle: 1, meanReturn: 0.4 },
      { cycle: 3, meanReturn: 0.5 },
      { cycle: 5, meanReturn: 0 },
    ]
    // By hand: means 3 and 0.3, so ((−2)(0.1) + 0·0.2 + 2·(−0.3)) / (4 + 0 + 4) = −0.1.
    expect(evaluate('tscl-slope', level([[short]], { visits }))).toBeCloseTo(0.1, 12)
    // One visit has no slope.
    expect(evaluate('tscl-slope', level([[short]], { visits: visits.slice(0, 1) }))).toBe(0)
    expect(evaluate('tscl-slope', level([[short]]))).toBe(0)
  })
  it('go negative for max-mc', () => {
    const proud = episode({ length: 4, sumValue: 4 })
    expect(evaluate('max-mc', level([[proud]], { maxReturn: 0 }))).toBe(-1)
  })
  it('take perfect regret from the level features', () => {
    const features = { passable: 1, min_actions: 3, optimal_return: 0.9 }
    const record = level([[short]], { features, discount: 0.9 })
    expect(evaluate('perfect-regret', record)).toBeCloseTo(0.81 * 0.9 - 0.4, 12)
    expect(evaluate('perfect-regret', level([[long]], { features: { passable: 0 } }))).toBeCloseTo(
      0,
    )
    expect(() => evaluate('perfect-regret', level([[short]]))).toThrow(/optimal_return/)
    // A T-maze: two steps for 1, and the wrong side half of the time. A sum that rounds above V* has no regret.
    const half = [0.995, -0.995].map((discountedReturn) => episode({ discountedReturn }))
    const tMaze = { features: { min_actions: 2, optimal_return: 1 }, discount: 0.995 }
    expect(evaluate('perfect-regret', level([half], tMaze))).toBeCloseTo(0.995, 12)
    const solved = episode({ discountedReturn: Math.fround(0.995) + 1e-7 })
    expect(evaluate('perfect-regret', level([[solved]], tMaze))).toBe(0)
    expect(evaluate('perfect-regret', level([[]], tMaze))).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('scores that compare students', () => {
  const pair = ofReturns([0.2, 0.4], [0.1, 0.9])
  it.each([
    ['relative-regret', pair, 0.9 - 0.3],
    ['relative-regret', ofReturns([0.8], [0.2]), 0],
    ['relative-regret-unclipped', ofReturns([0.8], [0.2]), -0.6],
    ['mean-relative', pair, 0.2],
    ['mean-relative', ofReturns([0.8], [0.2]), 0],
    ['population-regret', ofReturns([0.2, 0.4], [0.1, 0.9], [0]), 0.9 - 0.8 / 3],
    ['flexible-regret', ofReturns([0.9, 0.1], [0.2]), 0.7],
    ['flexible-regret', pair, 0.6],
    // A tie: the first is the antagonist, 0.5 − mean(0.5, 0) of the second.
    ['flexible-regret', ofReturns([0.5], [0.5, 0]), 0.25],
    ['minimax', pair, -0.9],
    // A student without a finished episode counts as 0.
    ['relative-regret', ofReturns([], [0.9]), 0.9],
    ['relative-regret', ofReturns([0.4], []), 0],
  ] as const)('%s', (id, record, value) => {
    expect(evaluate(id, record)).toBeCloseTo(value, 12)
  })
})

describe('every score', () => {
  it('is −∞ where no episode finished', () => {
    for (const id of scoreIds) expect(evaluate(id, level([[], []]))).toBe(Number.NEGATIVE_INFINITY)
  })
  it('names a missing statistic, and only one that it declares', () => {
    const bare = level([[episode({})], [episode({})]], { features: { passable: 0 } })
    for (const id of scoreIds) {
      try {
        evaluate(id, bare)
      } catch (error) {
        const { code, fields } = error as { code: string; fields: { statistic: string } }
        expect(code).toBe('adversary/statistic-missing')
        expect(scores.get(id)?.needs.map(spelled)).toContain(fields.statistic)
        continue
      }
      const optional = scores.get(id)?.needs.filter((name) => name !== 'return')
      expect([id, optional]).toEqual([id, []])
    }
  })
})
