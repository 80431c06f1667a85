import { describe, expect, it } from 'vitest'
import { adversary as dr } from './dr.ts'
import type { RecentRecord } from './recent-levels.ts'
import { make, PAIR, play, trains } from './testing/play.ts'

describe('dr', () => {
  it('gives new levels to learn from, also inside a cycle', () => {
    const { played, record } = play(make<object, RecentRecord>(dr), 10)
    for (const cycle of played) {
      expect(cycle.batches[0].autoReset).toBe('next-level')
      expect(trains(cycle).every(Boolean)).toBe(true)
      expect(cycle.batches[0].tasks.every(({ lineage }) => lineage.level === undefined)).toBe(true)
      expect(cycle.metrics.level_passable).toBeGreaterThan(0)
    }
    const seeds = played.flatMap(({ batches }) => batches[0].tasks.map(({ seed }) => seed))
    expect(new Set(seeds).size).toBe(60)
    const gallery = make<object, RecentRecord>(dr).gallery(record, 4)
    expect(gallery.length).toBeGreaterThan(0)
    expect(
      gallery.every(({ reason, ancestry }) => reason === 'recent' && ancestry.length === 1),
    ).toBe(true)
  })
  it('lets a level begin again where it is asked to', () => {
    const { played } = play(make<object, RecentRecord>(dr, { autoReset: 'same-level' }), 2)
    expect(played.map(({ batches }) => batches[0].autoReset)).toEqual(['same-level', 'same-level'])
    expect(dr.options.parse({})).toEqual({ shareLevels: true })
  })
  it('gives two students equal or different levels', () => {
    for (const shareLevels of [true, false]) {
      const { played } = play(make<object, RecentRecord>(dr, { shareLevels }, PAIR), 3, PAIR)
      const [a, b] = played[2].batches.map(({ tasks }) =>
        tasks.map(({ level, seed }) => ({ level, seed })),
      )
      if (shareLevels) expect(a).toEqual(b)
      else expect(a).not.toEqual(b)
    }
  })
  it('survives a snapshot', () => {
    const adversary = make<object, RecentRecord>(dr)
    const { record } = play(adversary, 5)
    const copy = structuredClone(adversary.snapshot(record))
    expect(adversary.restore(copy)).toEqual(record)
    expect(() => adversary.restore({ ...copy, kind: 'plr' })).toThrow(/'plr'/)
    expect(() => adversary.restore({ ...copy, tensors: {} })).toThrow(/damaged/)
  })
})
