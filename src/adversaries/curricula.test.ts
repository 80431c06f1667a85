import { describe, expect, it } from 'vitest'
import { adversary as accel } from './accel.ts'
import { adversary as parallelAccel } from './parallel-accel.ts'
import { adversary as parallelPlr } from './parallel-plr.ts'
import { adversary as plr } from './plr.ts'
import { adversary as robustPlr } from './robust-plr.ts'
import { type PlayedCycle, playCycle } from './testing/fake-student.ts'
import {
  AGENT,
  anyOptions,
  countsOf,
  make,
  operators,
  play,
  SMALL,
  trains,
} from './testing/play.ts'

describe('gradients', () => {
  const split = (played: readonly PlayedCycle[], replay: number) =>
    played.filter(({ metrics }) => metrics.replayed === replay)

  it('plr learns from everything', () => {
    const { played } = play(make(plr, SMALL), 50)
    expect(played.flatMap(trains).every(Boolean)).toBe(true)
  })
  it('robust plr learns from replayed levels only, at the configured rate once warm', () => {
    const { played } = play(make(robustPlr, { ...SMALL, replayProbability: 0.5 }), 250)
    const warm = played.slice(20)
    expect(split(played, 1).flatMap(trains).every(Boolean)).toBe(true)
    expect(split(played, 0).flatMap(trains).some(Boolean)).toBe(false)
    expect(split(warm, 1).length / warm.length).toBeGreaterThan(0.42)
    expect(split(warm, 1).length / warm.length).toBeLessThan(0.58)
  })
  it('accel follows each replay by edits of the replayed levels, without a gradient', () => {
    const { played } = play(make(accel, SMALL), 60)
    played.forEach((cycle, i) => {
      if (i === 0) return
      const before = played[i - 1]
      const afterReplay = before.metrics.replayed === 1
      expect(cycle.metrics.edited).toBe(afterReplay ? 6 : 0)
      expect(trains(cycle).every(Boolean)).toBe(cycle.metrics.replayed === 1)
      if (!afterReplay) return
      const parents = cycle.batches[0].tasks.map(({ lineage }) => lineage.parents[0])
      expect(parents).toEqual(before.batches[0].tasks.map(({ lineage }) => lineage.level))
      expect(operators(cycle).every((operator) => operator === 'edit')).toBe(true)
    })
  })
  it('accel trains on the share of cycles that it states', () => {
    const warm = play(make(accel, SMALL), 500).played.slice(20)
    const share = accel.trainShare(accel.options.parse({}))
    expect(Math.abs(split(warm, 1).length / warm.length - share)).toBeLessThan(0.04)
  })
  it.each([
    ['easy', 1],
    ['hard', -1],
  ] as const)('accel edits the %s parents, each as often', (editSelection, sign) => {
    const adversary = make(accel, { ...SMALL, editSelection, editParents: 2 })
    let record = adversary.init()
    let seen = 0
    for (let cycle = 0; cycle < 60; cycle++) {
      const result = playCycle(adversary, record, cycle, countsOf(AGENT, 6))
      record = result.record
      if (record.toEdit === null) continue
      seen++
      const { scores, entryOfSerial } = record.archives.all
      const score = (serial: number) => sign * scores[entryOfSerial.get(serial) ?? -1]
      const played = result.batches[0].tasks.map(({ lineage }) => Number(lineage.level?.slice(1)))
      const chosen = record.toEdit.all
      expect(chosen.map(score)).toEqual(
        played
          .map(score)
          .sort((a, b) => a - b)
          .slice(0, 2),
      )
      const next = playCycle(adversary, record, ++cycle, countsOf(AGENT, 6))
      record = next.record
      const parents = next.batches[0].tasks.map(({ lineage }) =>
        Number(lineage.parents[0].slice(1)),
      )
      expect(parents).toEqual([0, 0, 0, 1, 1, 1].map((i) => chosen[i]))
    }
    expect(seen).toBeGreaterThan(10)
  })
  it('accel edits as often as its probability says', () => {
    const { played } = play(make(accel, { ...SMALL, editProbability: 0 }), 50)
    expect(played.some(({ metrics }) => metrics.edited > 0)).toBe(false)
  })
  it('the parallel ones learn from the replayed block, nothing until warm', () => {
    for (const [definition, blocks] of [
      [anyOptions(parallelPlr), 2],
      [anyOptions(parallelAccel), 3],
    ] as const) {
      const { played } = play(make(definition, SMALL), 30)
      const warm = played.findIndex(({ metrics }) => metrics.replayed === 1)
      expect(warm).toBeGreaterThan(0)
      played.slice(0, warm).forEach((cycle) => {
        expect(trains(cycle).some(Boolean)).toBe(false)
        expect(new Set(operators(cycle))).toEqual(new Set(['generate']))
      })
      for (const cycle of played.slice(warm)) {
        const block = (i: number) => cycle.batches[0].tasks.slice(6 * i, 6 * i + 6)
        expect(
          block(0).every(({ train, lineage }) => !train && lineage.operator === 'generate'),
        ).toBe(true)
        expect(block(1).every(({ train, lineage }) => train && lineage.operator === 'replay')).toBe(
          true,
        )
        if (blocks === 3)
          expect(block(2).map(({ lineage }) => lineage.parents[0])).toEqual(
            block(1).map(({ lineage }) => lineage.level),
          )
      }
    }
  })
})

describe('lineage', () => {
  it('outlives the parents, and nothing else is kept', () => {
    const { record } = play(make(accel, SMALL), 300)
    const { lineage, serials, size, entryOfSerial } = record.archives.all
    expect(Math.max(...record.archives.all.generations)).toBeGreaterThan(3)
    expect([...lineage.keys()].some((serial) => !entryOfSerial.has(serial))).toBe(true)
    const reachable = new Set<number>()
    const open = [...serials.subarray(0, size)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      reachable.add(next)
      open.push(...(lineage.get(next)?.parents ?? []))
    }
    expect(new Set(lineage.keys())).toEqual(reachable)
  })
})

describe('replay', () => {
  it('favours high scores', () => {
    const adversary = make(robustPlr, { ...SMALL, capacity: 60, stalenessCoefficient: 0.1 })
    const { played } = play(adversary, 300)
    const late = played.slice(50).map(({ metrics }) => metrics)
    for (const { score_weighted, score_mean } of late)
      expect(score_weighted).toBeGreaterThan(score_mean)
  })
})
