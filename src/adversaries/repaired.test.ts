import { describe, expect, it } from 'vitest'
import { adversary as repaired } from './repaired.ts'
import { fakeBuilder, playAsked } from './testing/fake-builder.ts'
import { anyOptions, countsOf, make, PAIR } from './testing/play.ts'

const SMALL = { capacity: 12, minFill: 0.5, replayProbability: 0.6 }

/** Eight cycles with fake students. */
function play(options: object) {
  const adversary = make<object, unknown>(anyOptions(repaired), { ...SMALL, ...options }, PAIR)
  const { asked, answer } = fakeBuilder()
  let record = adversary.init()
  const cycles = Array.from({ length: 10 }, (_, cycle) => {
    const before = asked.length
    const played = playAsked({ adversary, record, cycle, counts: countsOf(PAIR, 6), answer })
    record = played.record
    return { ...played, asked: asked.slice(before) }
  })
  const replays = cycles.filter(({ batches }) => batches[0].tasks[0].lineage.operator === 'replay')
  return {
    adversary,
    record,
    cycles,
    replays,
    built: cycles.filter((one) => !replays.includes(one)),
  }
}

describe('repaired', () => {
  const { adversary, record, replays, built } = play({})
  const levels = ({ batches }: (typeof built)[number]) =>
    batches.map(({ tasks }) => tasks.map(({ level, seed }) => `${Buffer.from(level)}/${seed}`))

  it('builds new levels for both students, who learn nothing from them, and pays the builder', () => {
    expect(built.length).toBeGreaterThan(1)
    for (const cycle of built) {
      const [one, two] = levels(cycle)
      expect(one).toEqual(two)
      expect(cycle.batches.flatMap(({ tasks }) => tasks.map(({ train }) => train))).not.toContain(
        true,
      )
      expect(cycle.asked.map(({ key }) => key)).toEqual(['build', 'learn'])
      const { regrets } = cycle.asked[1].payload as { regrets: number[] }
      expect(regrets).toHaveLength(6)
      expect(Math.min(...regrets)).toBeGreaterThanOrEqual(0)
      expect(cycle.metrics).toMatchObject({ regret_max: Math.max(...regrets), builder_entropy: 2 })
    }
  })

  it('leaves the builder alone while each student replays from its own buffer', () => {
    expect(replays.length).toBeGreaterThan(1)
    for (const cycle of replays) {
      expect(cycle.asked).toEqual([])
      expect(Object.keys(cycle.metrics).filter((name) => /^(builder|regret)/.test(name))).toEqual(
        [],
      )
      expect(cycle.batches.flatMap(({ tasks }) => tasks.map(({ train }) => train))).not.toContain(
        false,
      )
      expect(cycle.metrics.protagonist_buffer_size).toBeGreaterThan(0)
      expect(cycle.metrics.antagonist_buffer_size).toBeGreaterThan(0)
    }
    expect(replays.some((cycle) => String(levels(cycle)[0]) !== String(levels(cycle)[1]))).toBe(
      true,
    )
  })

  it('survives a snapshot', () => {
    const copy = structuredClone(adversary.snapshot(record))
    expect(adversary.snapshot(adversary.restore(copy))).toEqual(copy)
  })

  it('has one buffer where it is shared', () => {
    const shared = play({ shareLevels: true })
    for (const cycle of shared.replays) {
      const [one, two] = levels(cycle)
      expect(one).toEqual(two)
    }
    expect(shared.replays[0].metrics.buffer_size).toBeGreaterThan(0)
    expect(shared.built[0].asked).toHaveLength(2)
  })
})
