import { describe, expect, it } from 'vitest'
import type { SlotId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { EpisodeSummary, Outcome, TaskBatch } from '../../learners/contract.ts'
import { ancestorOf } from '../buffer/lineage.ts'
import type { Adversary } from '../contract.ts'
import { adversary as plr } from '../plr.ts'
import { integerLevels } from '../testing/integer-levels.ts'
import { AGENT, countsOf, make, PAIR } from '../testing/play.ts'
import type { CuratorRecord } from './curator.ts'

const episode = (value: number, finished = true): EpisodeSummary => ({
  episode: 0,
  seat: 'agent',
  finished,
  solved: value > 0,
  return: value,
  length: 2,
  sumValue: 0.4,
  studentVersion: 0,
  extras: {},
})

type Play = (slot: SlotId, index: number) => readonly EpisodeSummary[]

/** One cycle whose outcomes the test writes itself. */
function cycleOf(
  adversary: Adversary<CuratorRecord>,
  record: CuratorRecord,
  cycle: number,
  counts: Readonly<Record<SlotId, number>>,
  episodes: Play,
): readonly TaskBatch[] {
  const random = (...purpose: readonly (string | number)[]) => stream(2, cycle, ...purpose)
  const { batches = [] } = adversary.propose(record, { cycle, counts, random })
  const outcomes = batches.flatMap(({ slot, tasks }) =>
    tasks.map(
      (task, index): Outcome => ({
        task: task.id,
        slot,
        repeat: task.repeat,
        episodes: episodes(slot, index),
        artefacts: {},
        measuredBy: 'test',
      }),
    ),
  )
  adversary.observe(record, { cycle, outcomes, random })
  return batches
}

/** A buffer for one level, which every cycle but the first replays. */
const ONE = { capacity: 1, minFill: 1, replayProbability: 1 }
const one = countsOf(AGENT, 1)

describe('observing outcomes', () => {
  it('scores by the best return of all visits and keeps it, finished episodes alone counting', () => {
    const adversary = make(plr, ONE)
    const record = adversary.init()
    const { all } = record.archives
    cycleOf(adversary, record, 0, one, () => [episode(0.9), episode(0.5), episode(5, false)])
    expect([all.maxReturns[0], all.scores[0]]).toEqual([0.9, expect.closeTo(0.9 - 0.2, 12)])
    cycleOf(adversary, record, 1, one, () => [episode(0.1)])
    expect([all.maxReturns[0], all.scores[0]]).toEqual([0.9, expect.closeTo(0.9 - 0.2, 12)])
  })

  it('keeps the last ten visits of a level for a score of their slope, through a snapshot', () => {
    const adversary = make(plr, { ...ONE, score: 'tscl-slope' })
    let record = adversary.init()
    const returns = [0.9, 0.4, 0.2, 0.6, 0.1, 0.3, 0.8, 0.5, 0.7, 0.25, 0.35, 0.15]
    returns.forEach((value, cycle) => {
      // An episode cut off says nothing.
      cycleOf(adversary, record, cycle, one, () => [episode(value), episode(9, false)])
      record = adversary.restore(adversary.snapshot(record))
    })
    const kept = record.archives.all.visits?.byEntry[0] ?? []
    expect(kept.map(({ cycle }) => cycle)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(kept.map(({ meanReturn }) => meanReturn)).toEqual(returns.slice(2))
    // Σ (x − 6.5) y of those ten returns is −0.275 by hand, Σ (x − 6.5)² is 82.5.
    expect(record.archives.all.scores[0]).toBeCloseTo(0.275 / 82.5, 12)
    // A cycle without an end changes nothing.
    cycleOf(adversary, record, 12, one, () => [episode(1, false)])
    expect(record.archives.all.visits?.byEntry[0]).toEqual(kept)
    const { 'all/visit_counts': _, ...lacking } = adversary.snapshot(record).tensors
    expect(() => adversary.restore({ ...adversary.snapshot(record), tensors: lacking })).toThrow(
      expect.objectContaining({ code: 'snapshot/corrupt' }),
    )
  })

  it('can keep the last visit alone, as minimax published it', () => {
    const adversary = make(plr, { ...ONE, maxReturns: 'last' })
    const record = adversary.init()
    const { all } = record.archives
    cycleOf(adversary, record, 0, one, () => [episode(0.9)])
    cycleOf(adversary, record, 1, one, () => [episode(0.1)])
    expect([all.maxReturns[0], all.scores[0]]).toEqual([0.1, expect.closeTo(0.7, 12)])
    cycleOf(adversary, record, 2, one, () => [episode(0.3)])
    expect(all.scores[0]).toBeCloseTo(0.1, 12)
  })

  it('takes the mean over students on equal levels, and the best return of any', () => {
    const adversary = make(plr, ONE, PAIR)
    const record = adversary.init()
    const returns: Readonly<Record<string, number>> = { protagonist: 0.2, antagonist: 0.8 }
    cycleOf(adversary, record, 0, countsOf(PAIR, 1), (slot) => [episode(returns[slot])])
    expect(record.archives.all.maxReturns[0]).toBe(0.8)
    expect(record.archives.all.scores[0]).toBeCloseTo(0.8 - 0.2, 12)
  })

  it('tells protagonist and antagonist apart', () => {
    const adversary = make(plr, { ...ONE, score: 'relative-regret' }, PAIR)
    const record = adversary.init()
    const play = (slot: SlotId) => [episode(slot === 'antagonist' ? 0.8 : 0.2)]
    cycleOf(adversary, record, 0, countsOf(PAIR, 1), play)
    expect(record.archives.all.scores[0]).toBeCloseTo(0.6, 12)
  })

  it('knows the optimum of perfect regret from the level and the discount of the student', () => {
    const adversary = make(plr, { ...ONE, score: 'perfect-regret' })
    expect(adversary.needs).toContain('discountedReturn')
    const record = adversary.init()
    const played = [0.25, 0.35].map((discountedReturn) => ({ ...episode(0.5), discountedReturn }))
    cycleOf(adversary, record, 0, one, () => played)
    const level = integerLevels(500).decode(ancestorOf(record.archives.all.lineage, 0).level)
    const { passable, min_actions: steps } = integerLevels(500).features(level)
    expect(passable).toBe(1)
    expect(steps).toBeGreaterThan(1)
    expect(record.archives.all.scores[0]).toBeCloseTo(0.99 ** (steps - 1) - 0.3, 12)
  })

  it('serves slots that ask for different numbers of tasks', () => {
    const adversary = make(plr, { capacity: 8 }, PAIR)
    const counts = { [PAIR[0]]: 2, [PAIR[1]]: 4 }
    const batches = cycleOf(adversary, adversary.init(), 0, counts, () => [episode(1)])
    const levels = Object.fromEntries(
      batches.map(({ slot, tasks }) => [slot, tasks.map((t) => t.level)]),
    )
    expect([levels.antagonist.length, levels.protagonist.length]).toEqual([2, 4])
    expect(levels.protagonist.slice(0, 2)).toEqual(levels.antagonist)
  })

  it('replays once every buffer is warm, not before', () => {
    const adversary = make(plr, { ...ONE, shareLevels: false }, PAIR)
    const record = adversary.init()
    const kinds = (cycle: number, play: Play) =>
      cycleOf(adversary, record, cycle, countsOf(PAIR, 1), play).map(
        ({ tasks }) => tasks[0].lineage.operator,
      )
    // The protagonist finishes nothing at first: its buffer stays empty.
    const half: Play = (slot) => [episode(1, slot === 'antagonist')]
    expect([0, 1].flatMap((cycle) => kinds(cycle, half))).toEqual(new Array(4).fill('generate'))
    kinds(2, () => [episode(1)])
    expect(kinds(3, () => [episode(1)])).toEqual(['replay', 'replay'])
  })

  it('ages stored levels by every batch of new ones, under the minimax rules', () => {
    for (const [newLevelAging, ages] of [
      ['profile', [3, 3, 3, 0, 0, 0]],
      ['none', [0, 0, 0, 0, 0, 0]],
    ] as const) {
      const adversary = make(plr, { capacity: 6, replayProbability: 0, newLevelAging })
      const record = adversary.init()
      const counts = countsOf(AGENT, 3)
      cycleOf(adversary, record, 0, counts, () => [episode(1)])
      cycleOf(adversary, record, 1, counts, () => [episode(1)])
      expect([...record.archives.all.ages]).toEqual(ages)
    }
  })
})
