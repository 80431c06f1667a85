import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import type { Measure } from '../envs/contract.ts'
import { openPolicy } from '../inference/policy.ts'
import { measurePolicy } from './evaluate.ts'
import { corridor, walker } from './fixtures/walker.ts'
import { measuredInAll, measuredLevel } from './measures.ts'
import { formatReport, reportToJson } from './report-text.ts'
import { bootstrapInterval, mean } from './stats.ts'
import { wilsonInterval } from './wilson.ts'

const STEPS: Measure = { name: 'steps', about: 'Steps.', better: 'lower', of: 'length' }
const SLOW: Measure = {
  name: 'slow_rate',
  about: 'Share of more than two steps.',
  better: 'lower',
  of: 'length',
  above: 2,
}
const KEYS = [7, 'toy/a'] as const

describe('measures', () => {
  const played = { returns: [0, 1, 1, 0], lengths: [2, 3, 2, 5] }

  it('of a level are means and shares of its episodes, with their intervals', () => {
    const { measures } = measuredLevel([STEPS, SLOW], 'x', played, KEYS)
    const random = stream(7, 'evaluation', 'toy/a', 'bootstrap', 'steps', 'x')
    expect(measures).toEqual({
      steps: { value: 3, interval: bootstrapInterval([2, 3, 2, 5], mean, random) },
      // More than two, not two itself.
      slow_rate: { value: 0.5, interval: wilsonInterval(2, 4) },
    })
  })

  it('in all are means of those of the levels', () => {
    const levels = [played, { returns: [1], lengths: [11] }].map((episodes, i) =>
      measuredLevel([STEPS, SLOW], `${i}`, episodes, KEYS),
    )
    const [steps, slow] = measuredInAll([STEPS, SLOW], levels, KEYS)
    expect(steps).toEqual({ ...STEPS, value: 7, interval: [3, 11] })
    expect([slow.name, slow.value]).toEqual(['slow_rate', 0.75])
  })

  it('are nowhere where the environment has none', () => {
    expect(measuredLevel([], 'x', played, KEYS)).toEqual({})
  })

  it('stand beside the solved rate in a report', async () => {
    const policy = await openPolicy(walker(50))
    const request = { suite: 'corridor/short', episodes: 4, seed: 1 }
    const plain = await measurePolicy(policy, corridor(), request)
    const measured = { ...corridor(), measures: [STEPS, SLOW] }
    const report = await measurePolicy(policy, measured, request)
    await policy.release()
    expect(plain).not.toHaveProperty('measures')
    expect(report.levels[0].measures?.steps).toEqual({ value: 2, interval: [2, 2] })
    expect(report.levels[1].measures?.slow_rate).toEqual({
      value: 1,
      interval: wilsonInterval(4, 4),
    })
    // All else is as it was.
    const { measures, ...rest } = report
    expect({ ...rest, levels: rest.levels.map(({ measures: _, ...level }) => level) }).toEqual(
      plain,
    )
    const text = formatReport(report)
    expect(text[1]).toBe('level  episodes  solved  steps  slow_rate  return  length')
    expect(text[2]).toBe('Three         4   1.000  2.000      0.000   1.000     2.0')
    expect(text.at(-1)).toMatch(
      /^slow_rate 0\.\d{3}, 95 % interval over levels 0\.000 to 1\.000; lower is better$/,
    )
    expect(JSON.parse(JSON.stringify(reportToJson(report)))).toMatchObject({
      measures: JSON.parse(JSON.stringify(measures)),
      levels: [{ measures: { steps: { value: 2 } } }, {}, {}],
    })
  })
})
