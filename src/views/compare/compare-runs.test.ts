import { describe, expect, it } from 'vitest'
import { compareMeasured } from './compare-runs.ts'
import { comparisonToJson } from './comparison-json.ts'
import { formatComparison } from './format-comparison.ts'
import type { MeasuredRun } from './read-measured-run.ts'
import { config, evaluation, run } from './testing/measured-run.ts'

describe('compareMeasured', () => {
  it('pools the measures that all runs have alike', () => {
    const measure = { name: 'goals', about: 'Goals.', better: 'higher', of: 'return' } as const
    const played = (seed: number, values: readonly number[], above?: number): MeasuredRun => {
      const final = evaluation({ x: 0, y: 1 })
      const counts = { ...measure, ...(above === undefined ? {} : { above }) }
      return run(
        seed,
        {},
        {
          final: {
            ...final,
            measures: [{ ...counts, value: 0, interval: [0, 0] }],
            levels: final.levels.map((level, i) => ({
              ...level,
              measures: { goals: { value: values[i], interval: [0, 0] } },
            })),
          },
        },
      )
    }
    const comparison = compareMeasured([played(0, [1, 2]), played(1, [3, -2])])
    const [compared] = comparison.groups[0].measures
    expect(compared).toMatchObject({ name: 'goals', levels: [2, 0], untrainedMean: null })
    expect(compared.mean.value).toBe(1)
    const [low, high] = compared.mean.interval ?? [0, 0]
    expect([low >= -0.5, high <= 2.5, low < high]).toEqual([true, true, true])
    expect(formatComparison(comparison).join('\n')).toMatch(
      /goals +1\.000 \[.*\n.*goals, untrained +–/,
    )
    expect(comparisonToJson(comparison).groups).toMatchObject([{ measures: [{ name: 'goals' }] }])
    const others = [run(1, { x: 0, y: 1 }), played(1, [1, 2], 0)]
    const left = 'measures left out, because not all runs have them or count them alike: goals'
    expect(comparison.notes).not.toContain(left)
    for (const other of others) {
      const { groups, notes } = compareMeasured([played(0, [1, 2]), other])
      expect(groups[0].measures).toEqual([])
      expect(notes).toContain(left)
    }
  })

  it('pools the seeds of one config: mean, IQM and per-level means by hand', () => {
    const { groups, levels } = compareMeasured([run(0, { x: 0, y: 0.2 }), run(1, { x: 0.4, y: 1 })])
    expect(levels).toEqual(['maze/a/x', 'maze/a/y'])
    expect(groups).toHaveLength(1)
    const [group] = groups
    expect(group.scores).toEqual([0.2, 0.6])
    expect(group.meanReturn).toEqual([0.1, 0.3])
    expect(group.mean.value).toBeCloseTo(0.4, 12)
    // Sorted 0, 0.2, 0.4, 1: a quarter goes from each end.
    expect(group.iqm.value).toBeCloseTo(0.3, 12)
    expect(group.optimalityGap?.value).toBeCloseTo(0.6, 12)
    const [low, high] = group.iqm.interval ?? [1, 0]
    expect(low).toBeLessThan(0.3)
    expect(high).toBeGreaterThan(0.3)
  })

  it('gives the same intervals twice', () => {
    const runs = [run(0, { x: 0, y: 0.2 }), run(1, { x: 0.4, y: 1 }), run(2, { x: 0.5, y: 0.1 })]
    expect(compareMeasured(runs)).toEqual(compareMeasured(runs))
  })

  it('groups by what decides a result and by nothing else', () => {
    const threads = config(1, {
      workers: 2,
      cuts: { every: 1, keep: 1 },
      env: { id: 'maze', module: 'file:///b/maze.js', options: { width: 7, height: 7 } },
    })
    const larger = config(2, {
      env: { id: 'maze', module: 'file:///a/maze.js', options: { height: 13, width: 7 } },
    })
    const { groups } = compareMeasured([
      run(0, { x: 0 }),
      run(1, { x: 1 }, { config: threads }),
      run(2, { x: 1 }, { config: larger }),
    ])
    expect(groups.map(({ name, runs }) => [name, runs.map(({ seed }) => seed)])).toEqual([
      ['dr #1', [0, 1]],
      ['dr #2', [2]],
    ])
  })

  it('keeps runs from other weights or measured elsewhere apart, and says so', () => {
    const elsewhere = config(0)
    const { groups, notes } = compareMeasured([
      run(0, { x: 0 }),
      run(0, { x: 1 }, { init: 'abc' }),
      run(
        0,
        { x: 1 },
        {
          config: { ...elsewhere, evaluation: { ...elsewhere.evaluation, env: { height: 13 } } },
        },
      ),
    ])
    expect(groups.map(({ name }) => name)).toEqual(['dr #1', 'dr #2', 'dr #3'])
    expect(notes).toContain(
      'runs were measured with other options of the environment: levels of one name may differ',
    )
  })

  it('keeps runs with other services apart', () => {
    const builder = (entropy: number) => ({
      services: { builder: { id: 'builder', module: 'file:///a/b.js', options: { entropy } } },
    })
    const { groups } = compareMeasured([
      run(0, { x: 1 }),
      run(0, { x: 1 }, { config: config(0, builder(0.05) as never) }),
      run(1, { x: 1 }, { config: config(1, builder(0.05) as never) }),
      run(0, { x: 1 }, { config: config(0, builder(0.005) as never) }),
    ])
    expect(groups.map(({ runs }) => runs.length)).toEqual([1, 2, 1])
  })

  it('keeps slots of one run apart', () => {
    const { groups } = compareMeasured([
      run(0, { x: 0 }, { slot: 'antagonist', shared: true }),
      run(0, { x: 1 }, { slot: 'protagonist', shared: true }),
    ])
    expect(groups.map(({ name }) => name)).toEqual(['dr:antagonist', 'dr:protagonist'])
  })

  it('gives no interval for one seed, and says so', () => {
    const { groups, notes } = compareMeasured([run(0, { x: 0.5 })])
    expect(groups[0].mean).toEqual({ value: 0.5, interval: null })
    expect(notes).toEqual(['dr has one seed: there is no interval over seeds'])
  })

  it('compares common levels only, also between one suite and several', () => {
    const several = evaluation({ 'maze/a/x': 1, 'random:1/random-0': 0 }, 'maze/a + random:1')
    const { levels, notes } = compareMeasured([
      run(0, { x: 0, y: 0 }),
      run(1, {}, { final: several }),
    ])
    expect(levels).toEqual(['maze/a/x'])
    expect(notes).toContain('levels compared, because all runs were measured on them: 1 of 2')
  })

  it('refuses runs without a common level', () => {
    expect(() => compareMeasured([run(0, { x: 0 }), run(1, { z: 0 })])).toThrowError(
      expect.objectContaining({ code: 'compare/levels' }),
    )
  })

  it('gives the untrained mean where every run has it', () => {
    const baseline = evaluation({ x: 0.1, y: 0.3 })
    const both = [run(0, { x: 1, y: 1 }, { baseline }), run(1, { x: 1, y: 1 }, { baseline })]
    expect(compareMeasured(both).groups[0].untrainedMean).toBeCloseTo(0.2, 12)
    const one = [both[0], run(1, { x: 1, y: 1 })]
    expect(compareMeasured(one).groups[0].untrainedMean).toBeNull()
  })

  it('warns of a seed that stands there twice', () => {
    expect(compareMeasured([run(3, { x: 0 }), run(3, { x: 0 })]).notes).toEqual([
      'dr has the same seed twice: its intervals are too narrow',
    ])
  })
})

describe('presentation', () => {
  const comparison = compareMeasured([
    run(0, { x: 0.25, y: 1 }),
    run(1, { x: 0.25, y: 1 }),
    run(0, { x: 1, y: 1 }, { config: config(0, { name: 'accel' }) }),
  ])

  it('lays out a table a column a group', () => {
    expect(formatComparison(comparison).join('\n')).toBe(
      [
        'solved rate     dr  accel',
        'seeds            2      1',
        'maze/a/x     0.250  1.000',
        'maze/a/y     1.000  1.000',
        '',
        'over levels × seeds                    dr  accel',
        'mean                 0.625 [0.625, 0.625]  1.000',
        'IQM                  0.625 [0.625, 0.625]  1.000',
        'optimality gap       0.375 [0.375, 0.375]  0.000',
        'mean, untrained                         –      –',
        '',
        'share of levels × seeds solved     dr  accel',
        'ever                            1.000  1.000',
        'in more than 50 % of episodes   0.500  1.000',
        'in more than 90 % of episodes   0.500  1.000',
        '',
        'a run took           dr  accel',
        'env steps           200    200',
        'gradient updates      2      2',
        'wall time         3.5 s  3.0 s',
        '',
        'a run better than another on a level',
        'P(accel > dr)  0.750',
        '',
        'In brackets: 95 % stratified bootstrap intervals over seeds.',
        'Note: accel has one seed: there is no interval over seeds.',
      ].join('\n'),
    )
  })

  it('tells many levels of one suite by their mean', () => {
    const rates = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`random-${i}`, i % 2]))
    const text = formatComparison(compareMeasured([run(0, rates)])).join('\n')
    expect(text).toContain('maze/a (mean of 30 levels)  0.500')
    expect(text).not.toContain('random-7')
  })

  it('survives JSON', () => {
    const json = comparisonToJson(comparison)
    expect(JSON.parse(JSON.stringify(json))).toEqual(json)
    expect(json).toMatchObject({ groups: [{ name: 'dr' }, { name: 'accel', mean: { value: 1 } }] })
  })
})
