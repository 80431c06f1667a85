import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import type { Snapshot } from '../core/snapshot.ts'
import type { EpisodeSummary, Outcome, TaskBatch } from '../learners/contract.ts'
import type { OrderedRecord } from './remidi/ordered-buffers.ts'
import { adversary as remidi } from './remidi.ts'
import { attempt } from './testing/fake-student.ts'
import { AGENT, countsOf, make, PAIR } from './testing/play.ts'

const SMALL = { buffers: 3, cyclesPerBuffer: 8, capacity: 12, replayProbability: 0.5 }

type Play = ReturnType<typeof attempt>

/** What each cycle saw and left behind, with outcomes of one's own. */
function cycles(
  options: object,
  count: number,
  outcomes: (batch: TaskBatch) => readonly Outcome[] = attempt,
  slots = AGENT,
) {
  const adversary = make<object, OrderedRecord>(remidi as never, { ...SMALL, ...options }, slots)
  let record = adversary.init()
  const played = Array.from({ length: count }, (_, cycle) => {
    const random = (...purpose: readonly (string | number)[]) => stream(1, cycle, ...purpose)
    const proposed = adversary.propose(record, { cycle, counts: countsOf(slots, 6), random })
    const batches = proposed.batches ?? []
    const observed = adversary.observe(proposed.record, {
      ...{ cycle, random, outcomes: batches.flatMap(outcomes) },
    })
    record = observed.record
    return {
      ...{ batches, metrics: { ...observed.metrics } as Record<string, number> },
      ...{
        levels: observed.levels ?? [],
        open: record.open,
        snapshot: structuredClone(adversary.snapshot(record)),
      },
    }
  })
  return { adversary, played, record }
}

/** What a snapshot holds of one buffer. */
const bufferOf = ({ tensors }: Snapshot, position: number) =>
  Object.entries(tensors).filter(([name]) => name.startsWith(`all/${position}/`))

describe('remidi', () => {
  const { adversary, played, record } = cycles({}, 30)

  it('learns from replayed levels alone, under a probe without levels while its first buffer is open', () => {
    for (const { batches } of played.slice(0, 8)) {
      expect(batches[0].probes).toMatchObject([{ name: 'overlap', levels: [] }])
      const replay = batches[0].tasks[0].lineage.operator === 'replay'
      expect(batches[0].tasks.every(({ train }) => train === replay)).toBe(true)
    }
    const replays = played.filter(({ metrics }) => metrics.replayed === 1)
    expect(replays.length).toBeGreaterThan(3)
    expect(replays.length).toBeLessThan(27)
  })

  it('opens the next buffer after its cycles and stays at the last', () => {
    const opens = played.map(({ metrics }) => metrics.open_buffer)
    expect(opens).toEqual([
      ...new Array(8).fill(0),
      ...new Array(8).fill(1),
      ...new Array(14).fill(2),
    ])
    expect(record.cycles).toBe(14)
    const archives = played.map(({ levels }) => levels.map(({ archive }) => archive?.name))
    expect(archives).toEqual(opens.map((open) => [`all/${open}`]))
  })

  it('never changes a frozen buffer', () => {
    const first = bufferOf(played[7].snapshot, 0)
    const second = bufferOf(played[15].snapshot, 1)
    expect(first.length).toBeGreaterThan(5)
    expect(first[0][1].data.length).toBeGreaterThan(0)
    for (const { snapshot } of played.slice(8)) expect(bufferOf(snapshot, 0)).toEqual(first)
    for (const { snapshot } of played.slice(16)) expect(bufferOf(snapshot, 1)).toEqual(second)
  })

  it('probes with every level of every earlier buffer, once each, and replays from its own alone', () => {
    const frozen = (position: number) => {
      const { serials, lineage, size } = record.archives[`all/${position}`]
      return [...serials.subarray(0, size)].map((serial) => `${lineage.get(serial)?.level}`)
    }
    const both = new Set([...frozen(0), ...frozen(1)])
    expect(both.size).toBeGreaterThan(12)
    for (const { batches } of played.slice(16)) {
      const [{ levels }] = batches[0].probes
      expect(levels).toHaveLength(both.size)
      expect(new Set(levels.map(String))).toEqual(both)
    }
    const replay = played.findLastIndex(({ metrics }) => metrics.replayed === 1)
    expect(replay).toBeGreaterThan(16)
    const { data } = played[replay - 1].snapshot.tensors['all/2/serials']
    const own = [...(data as Int32Array)].map((serial) => `L${serial}`)
    for (const { lineage } of played[replay].batches[0].tasks) expect(own).toContain(lineage.level)
  })

  it('goes on from a snapshot as if nothing had been', () => {
    const { snapshot } = played[19]
    expect(adversary.snapshot(adversary.restore(snapshot))).toEqual(snapshot)
    const state = snapshot.state as Record<string, never>
    for (const damage of [{ open: 3 }, { open: -1 }, { cycles: 0.5 }, { cycles: undefined }])
      expect(() =>
        adversary.restore({ ...snapshot, state: { ...state, ...damage } as never }),
      ).toThrow(/which buffer is open/)
    const { adversary: fewer } = cycles({ buffers: 2 }, 0)
    expect(() => fewer.restore(snapshot)).toThrow(
      expect.objectContaining({ code: 'snapshot/foreign' }),
    )
  })

  it('wraps around where it is asked to', () => {
    const opens = cycles({ atLast: 'wrap', cyclesPerBuffer: 2 }, 9).played.map(({ open }) => open)
    expect(opens).toEqual([0, 1, 1, 2, 2, 0, 0, 1, 1])
  })
})

describe('a level whose episodes never leave the overlap', () => {
  /** Even levels overlap from end to end. */
  const overlapped = (batch: TaskBatch): Outcome[] =>
    attempt(batch).map((outcome, i) => {
      const even = Number(Buffer.from(batch.tasks[i].level).toString()) % 2 === 0
      const episodes = outcome.episodes.map(
        (episode): EpisodeSummary => ({ ...episode, trainedSteps: even ? 0 : 1 }),
      )
      return { ...outcome, episodes }
    }) as Play

  it('is not stored, whatever its regret', () => {
    const { record, played } = cycles({ cyclesPerBuffer: 100 }, 20, overlapped)
    const { serials, size, lineage } = record.archives['all/0']
    expect(size).toBeGreaterThan(6)
    const stored = [...serials.subarray(0, size)].map((serial) =>
      Number(Buffer.from(lineage.get(serial)!.level).toString()),
    )
    expect(stored.every((level) => level % 2 === 1)).toBe(true)
    expect(played[0].metrics.unscored).toBeGreaterThan(0)
    expect(Math.max(...played.map(({ metrics }) => metrics.overlap_share))).toBeGreaterThan(0.5)
  })
})

it('keeps buffers for each student where levels are not shared, under plain names', () => {
  const { record, played } = cycles({ shareLevels: false, cyclesPerBuffer: 4 }, 6, attempt, PAIR)
  expect(Object.keys(record.archives)).toHaveLength(6)
  for (const { metrics } of played) {
    expect(metrics).toHaveProperty('antagonist_buffer_size')
    expect(Object.keys(metrics).filter((name) => name.includes('/'))).toEqual([])
  }
  const [one, two] = played[5].batches.map(({ probes }) => probes[0].levels.map(String))
  expect(one).not.toEqual(two)
})
