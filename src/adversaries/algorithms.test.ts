import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import { adversary as accel } from './accel.ts'
import { adversary as parallelAccel } from './parallel-accel.ts'
import { adversary as parallelPlr } from './parallel-plr.ts'
import { adversary as plr } from './plr.ts'
import { adversary as robustPlr } from './robust-plr.ts'
import { adversary as samplr } from './samplr.ts'
import { playCycle } from './testing/fake-student.ts'
import { AGENT, anyOptions, countsOf, make, PAIR, play, SMALL } from './testing/play.ts'

const replaying = [
  ['plr', anyOptions(plr)],
  ['robust-plr', anyOptions(robustPlr)],
  ['samplr', anyOptions(samplr)],
  ['parallel-plr', anyOptions(parallelPlr)],
  ['accel', anyOptions(accel)],
  ['parallel-accel', anyOptions(parallelAccel)],
] as const

describe.each(replaying)('%s', (id, definition) => {
  it('runs 50 cycles with finite metrics', () => {
    const { record, played } = play(make(definition, SMALL), 50)
    const buffer = record.archives.all
    expect(buffer.size).toBe(24)
    for (const { metrics, batches } of played) {
      expect(Object.values(metrics).every(Number.isFinite)).toBe(true)
      expect(Object.keys(metrics).every((name) => /^[a-z0-9_]+$/.test(name))).toBe(true)
      const [{ tasks, autoReset }] = batches
      expect(tasks.length).toBe(definition.tasksPerCycle({}, 6))
      expect(autoReset).toBe('same-level')
      expect(new Set(tasks.map((task) => task.id)).size).toBe(tasks.length)
    }
    expect(played[49].metrics).toMatchObject({ buffer_size: 24, buffer_fill: 1 })
    expect(played.some(({ metrics }) => metrics.replayed === 1)).toBe(true)
  })

  it('goes on from a snapshot bit for bit', () => {
    for (const options of [SMALL, { ...SMALL, profile: 'jaxued', shareLevels: false }]) {
      const slots = 'profile' in options ? PAIR : AGENT
      const adversary = make(definition, options, slots)
      let [straight, resumed] = [adversary.init(), adversary.init()]
      for (let cycle = 0; cycle < 25; cycle++) {
        const a = playCycle(adversary, straight, cycle, countsOf(slots, 5))
        // Through JSON, as a cut does it, into an adversary made anew.
        const { state, ...rest } = adversary.snapshot(resumed)
        const copy = { ...rest, state: JSON.parse(JSON.stringify(state)) }
        const again = make(definition, options, slots)
        const b = playCycle(again, again.restore(copy), cycle, countsOf(slots, 5))
        expect(b.batches).toEqual(a.batches)
        expect(b.metrics).toEqual(a.metrics)
        straight = a.record
        resumed = b.record
      }
      expect(adversary.snapshot(resumed)).toEqual(adversary.snapshot(straight))
    }
  })

  it('refuses foreign and damaged snapshots by name', () => {
    const adversary = make(definition, SMALL)
    const snapshot = adversary.snapshot(play(adversary, 20).record)
    const offsets = snapshot.tensors['all/level_offsets']
    const torn = { ...offsets, data: (offsets.data as Int32Array).map((at) => at + 1) }
    const code = (change: object) => {
      try {
        adversary.restore({ ...snapshot, ...change })
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'restored'
    }
    const { 'all/scores': _, ...lacking } = snapshot.tensors
    expect(code({})).toBe('restored')
    expect(code({ kind: 'other' })).toBe('snapshot/foreign')
    expect(code({ version: 2 })).toBe('snapshot/foreign')
    expect(code({ state: null })).toBe('snapshot/corrupt')
    expect(code({ tensors: { ...snapshot.tensors, 'all/level_offsets': torn } })).toBe(
      'snapshot/corrupt',
    )
    expect(code({ tensors: lacking })).toBe('snapshot/corrupt')
    expect(() => make(definition, { ...SMALL, capacity: 25 }).restore(snapshot)).toThrow(
      /capacity|holds 25/,
    )
    expect(() =>
      make(definition, { ...SMALL, shareLevels: false }, PAIR).restore(snapshot),
    ).toThrow(/antagonist/)
  })

  it('meets every change of a snapshot with a named error or a whole record', () => {
    const adversary = make(definition, SMALL)
    const snapshot = structuredClone(adversary.snapshot(play(adversary, 20).record))
    const random = stream(9)
    let refused = 0
    for (const [name, tensor] of Object.entries(snapshot.tensors)) {
      for (let i = 0; i < 12; i++) {
        const data = tensor.data.slice() as Int32Array
        data[random.integer(data.length)] += 1 - 2 * random.integer(2)
        const tensors = { ...snapshot.tensors, [name]: { ...tensor, data } }
        try {
          adversary.restore({ ...snapshot, tensors })
        } catch (error) {
          refused++
          expect((error as { code: string }).code).toBe('snapshot/corrupt')
        }
      }
    }
    expect(refused).toBeGreaterThan(20)
  })

  it('gives two students equal levels, or different ones with a buffer each', () => {
    const equal = play(make(definition, SMALL, PAIR), 30, PAIR)
    for (const { batches } of equal.played) {
      const [first, second] = batches.map(({ tasks }) =>
        tasks.map(({ level, seed }) => ({ level, seed })),
      )
      expect(batches.map(({ slot }) => slot).sort()).toEqual(PAIR)
      expect(first).toEqual(second)
    }
    expect(Object.keys(equal.record.archives)).toEqual(['all'])
    const apart = play(make(definition, { ...SMALL, shareLevels: false }, PAIR), 30, PAIR)
    const [first, second] = apart.played[0].batches
    expect(first.tasks.map(({ level }) => level)).not.toEqual(
      second.tasks.map(({ level }) => level),
    )
    expect(Object.keys(apart.record.archives)).toEqual(PAIR)
    for (const { metrics } of apart.played) expect(metrics).toHaveProperty('antagonist_buffer_size')
    const { antagonist, protagonist } = apart.record.archives
    const ids = [antagonist, protagonist].flatMap(({ serials, size }) => [
      ...serials.subarray(0, size),
    ])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('scores regret between students on equal levels only', () => {
    const options = { ...SMALL, score: 'relative-regret' }
    const { record } = play(make(definition, options, PAIR), 30, PAIR)
    const { scores, size } = record.archives.all
    const regrets = [...scores.subarray(0, size)]
    expect(regrets.length).toBeGreaterThan(0)
    expect(Math.min(...regrets)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...regrets)).toBeGreaterThan(0)
    expect(() => make(definition, options)).toThrow(/relative-regret/)
    expect(() => make(definition, { ...options, shareLevels: false }, PAIR)).toThrow(
      /each level has 1/,
    )
  })

  it('shows levels with their ancestry, none twice', () => {
    const adversary = make(definition, SMALL)
    const { record } = play(adversary, 50)
    for (const limit of [1, 2, 9]) {
      const gallery = adversary.gallery(record, limit)
      expect(gallery.length).toBeLessThanOrEqual(limit)
      expect(new Set(gallery.map((level) => level.id)).size).toBe(gallery.length)
      for (const shown of gallery) {
        expect(shown.ancestry[0].id).toBe(shown.id)
        expect(shown.ancestry.at(-1)?.operator).toBe('generate')
        expect(shown.ancestry.length).toBe(shown.generation + 1)
      }
    }
    const [best] = adversary.gallery(record, 9)
    expect(best.reason).toBe('high-score')
    expect(best.score).toBe(Math.max(...record.archives.all.scores))
    const reasons = new Set(adversary.gallery(record, 9).map(({ reason }) => reason))
    expect(reasons.has('most-edited')).toBe(id.endsWith('accel'))
  })

  it('observes each cycle once, and cuts at boundaries only', () => {
    const adversary = make(definition, SMALL)
    const { record } = play(adversary, 3)
    const request = { cycle: 3, random: () => expect.fail('no draw is due') }
    expect(() => adversary.observe(record, { ...request, outcomes: [] })).toThrow(/under way/)
    const random = (...purpose: readonly (string | number)[]) => stream(1, ...purpose)
    adversary.propose(record, { cycle: 3, counts: countsOf(AGENT, 2), random })
    expect(() => adversary.snapshot(record)).toThrow(/cycle 3 is under way/)
  })
})
