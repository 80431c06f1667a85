import { describe, expect, it } from 'vitest'
import { compareMeasured } from './compare-runs.ts'
import { comparisonToCsv } from './comparison-csv.ts'
import { comparisonPage } from './comparison-page.ts'
import { config, run } from './testing/measured-run.ts'

describe('CSV', () => {
  it('has a line for each run and level, quoted where needed', () => {
    const odd = compareMeasured([
      run(0, { x: 0.5 }, { config: config(0, { name: 'a, "b"' }) }),
      run(1, { x: 1 }, { config: config(1, { name: '=SUM(A1)' }) }),
    ])
    expect(comparisonToCsv(odd).split('\n')).toEqual([
      'group,slot,seed,run,level,solved_rate,env_steps,gradient_updates,seconds',
      '"a, ""b""",agent,0,runs/0,maze/a/x,0.5,200,2,3',
      "'=SUM(A1),agent,1,runs/1,maze/a/x,1,200,2,4",
      '',
    ])
  })
})

describe('page', () => {
  it('loads nothing, lets no name run and draws every part', () => {
    const evil = { name: '<script>alert(1)</script>' }
    const page = comparisonPage(
      compareMeasured([
        run(0, { x: 0, y: 0.5 }),
        run(1, { x: 0.5, y: 1 }),
        run(0, { x: 1, y: 1 }, { config: config(0, evil) }),
        run(1, { x: 1, y: 0 }, { config: config(1, evil) }),
      ]),
    )
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toMatch(/(src|href)="(?!data:)/)
    for (const title of [
      'Interquartile mean',
      'Performance profiles',
      'Probability of improvement',
    ])
      expect(page).toContain(title)
    // The curve of the return: two points for each of the two groups.
    const curves = page.match(/<polyline class="curve s\d" points="[\d.]+,[\d.]+ [\d.]+,[\d.]+"/g)
    expect(curves).toHaveLength(2)
    expect(page).not.toMatch(/NaN|undefined|Infinity/)
  })
})

describe('tails and curves', () => {
  const ramp = (low: number) =>
    Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`random-${i}`, Math.max(low, i / 20)]))

  it('take the tenth of the random levels that each run solves worst', () => {
    const [group] = compareMeasured([run(0, ramp(0)), run(1, ramp(0.3))]).groups
    expect(group.worstTenth?.value).toBeCloseTo((0.025 + 0.3) / 2, 12)
    expect(compareMeasured([run(0, { x: 1 })]).groups[0].worstTenth).toBeNull()
  })

  it('average seeds by steps, also where their rows stand elsewhere', () => {
    const rows = (steps: readonly number[], values: readonly number[]) =>
      steps.map((env_steps, i) => ({
        cycle: i + 1,
        gradient_updates: i,
        env_steps,
        'agent/return_mean': values[i],
      }))
    const [{ curves, spent }] = compareMeasured([
      run(0, { x: 0 }, { rows: rows([10, 20, 30], [0, 2, 4]), seconds: 1 }),
      run(1, { x: 0 }, { rows: rows([15, 25], [6, 8]), seconds: null }),
    ]).groups
    expect(curves).toEqual([
      { key: 'return_mean', envSteps: [10, 20], mean: [3, 4], low: [0, 2], high: [6, 6] },
    ])
    expect(spent).toEqual({ envSteps: 27.5, gradientUpdates: 1.5, seconds: null })
  })
})
