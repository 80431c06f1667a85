import { slotId, stream } from 'agon/core'
import { type AutoReset, allocateStepBuffers, type StepBuffers, steppable } from 'agon/envs'
import type { EpisodeSummary, TaskBatch } from 'agon/learners'
import { describe, expect, it } from 'vitest'
import { adversary } from '../../examples/grid-search/my-adversary.ts'
import { environment } from '../../examples/grid-search/my-env.ts'

// People copy the example, so it must keep the contracts and not merely run.
const SLOTS = 16
const made = environment.create(environment.options.parse({ side: 5, maxSteps: 7 }))
const beacon = steppable(made, 'the example test')
const { levels, spec } = beacon
const draw = (): ReturnType<typeof stream> => stream('example test')

const copy = ({ observations, rewards, terminated, truncated }: StepBuffers): number[][] =>
  [observations.way as Float32Array, rewards, terminated, truncated].map((values) => [...values])

/** Plays random actions and returns the environment, its buffers and what every step wrote. */
function play(autoReset: AutoReset, steps: number) {
  const random = draw()
  const env = beacon.vector({
    slots: SLOTS,
    autoReset,
    nextLevel: () => levels.sample(random),
  })
  const out = allocateStepBuffers(spec, SLOTS)
  const rows = Array.from({ length: SLOTS }, (_, row) => row)
  const starts = rows.map(() => levels.sample(random))
  env.reset(rows, starts, out.observations)
  const act = (): Int32Array => Int32Array.from(rows, () => random.integer(4))
  const seen = Array.from({ length: steps }, () => {
    env.step(act(), out)
    return copy(out)
  })
  return { env, out, rows, starts, act, seen }
}

describe('the example environment', () => {
  it('has levels that survive bytes and text, and edits that are valid', () => {
    const random = draw()
    for (let i = 0; i < 200; i++) {
      const level = levels.sample(random)
      const { level: edited } = levels.mutate(level, random)
      for (const one of [level, edited]) {
        expect(levels.validate(one)).toBeNull()
        expect(levels.decode(levels.encode(one))).toEqual(one)
        expect(levels.parse(levels.format(one))).toEqual(one)
      }
    }
    expect(() => levels.parse('0,0')).toThrow(/is no level/)
    expect(levels.validate({ start: [1, 1], beacon: [1, 1] })).toMatch(/stands on the beacon/)
  })

  it('ends at the beacon or at the step limit, and starts the same level again', () => {
    const { seen, rows, starts, env } = play('same-level', 60)
    const ends = seen.flatMap(([, rewards, terminated, truncated]) =>
      rows.map((row) => [rewards[row], terminated[row], truncated[row]]),
    )
    expect(ends.every(([, won, cut]) => won + cut <= 1)).toBe(true)
    expect(ends.every(([reward, won]) => reward > 0 === (won === 1))).toBe(true)
    expect(ends.some(([, won]) => won === 1) && ends.some(([, , cut]) => cut === 1)).toBe(true)
    for (const row of rows)
      expect([...env.save(row)].slice(0, 4)).toEqual([...levels.encode(starts[row])])
  })

  it('stays ended without auto-reset', () => {
    const { seen } = play('none', 9)
    const [, rewards, terminated, truncated] = seen[8]
    expect(rewards).toEqual(rewards.map(() => 0))
    expect(terminated.map((won, row) => won + truncated[row])).toEqual(rewards.map(() => 1))
    expect(seen[7].slice(2)).toEqual(seen[8].slice(2))
  })

  it('goes on from a saved slot bit for bit, in another slot of another environment', () => {
    for (const autoReset of ['same-level', 'none'] as const) {
      const { env, out, rows, act } = play(autoReset, 5)
      const other = play(autoReset, 3)
      for (const row of rows) other.env.load(SLOTS - 1 - row, env.save(row), other.out.observations)
      for (let t = 0; t < 20; t++) {
        const actions = act()
        env.step(actions, out)
        other.env.step(Int32Array.from(actions).reverse(), other.out)
        for (const row of rows) {
          const at = SLOTS - 1 - row
          expect(other.out.rewards[at]).toBe(out.rewards[row])
          expect(other.out.observations.way.slice(2 * at, 2 * at + 2)).toEqual(
            out.observations.way.slice(2 * row, 2 * row + 2),
          )
        }
      }
    }
  })
})

describe('the example adversary', () => {
  const slots = [slotId('one'), slotId('two')]
  const search = adversary.create(adversary.options.parse({}), { levels, slots })
  const request = (cycle: number) => ({
    cycle,
    random: (...purpose: (string | number)[]) => stream(1, cycle, ...purpose),
  })
  const propose = (record: unknown, cycle: number): readonly TaskBatch[] =>
    search.propose(record, { ...request(cycle), counts: { one: 6, two: 4 } } as never).batches!

  /** The student fails on far beacons. */
  const observe = (record: unknown, cycle: number, batches: readonly TaskBatch[]) => {
    const outcomes = batches.flatMap(({ slot, tasks }) =>
      tasks.map((task) => {
        const far = levels.features(levels.decode(task.level)).distance
        const episode = { finished: true, return: 1 - far / 8 } as EpisodeSummary
        return {
          task: task.id,
          slot,
          repeat: 0,
          episodes: [episode],
          artefacts: {},
          measuredBy: '',
        }
      }),
    )
    return search.observe(record, { ...request(cycle), outcomes })
  }
  const play = (record: unknown, from: number, to: number): unknown => {
    for (let cycle = from; cycle <= to; cycle++) observe(record, cycle, propose(record, cycle))
    return record
  }

  it('gives each slot what it asked for, and keeps the worst level of every cell', () => {
    const record = play(search.init(), 1, 20)
    const [one, two] = propose(record, 21)
    expect([one.tasks.length, two.tasks.length]).toEqual([6, 4])
    const gallery = search.gallery(record, 10)
    expect(gallery.length).toBeGreaterThan(2)
    const far = gallery.map(({ level }) => levels.features(levels.decode(level)).distance)
    expect(far).toEqual([...far].sort((a, b) => b - a))
    for (const { id, ancestry, generation } of gallery) {
      expect(ancestry[0].id).toBe(id)
      expect(ancestry.at(-1)?.operator).toBe('generate')
      expect(ancestry).toHaveLength(generation + 1)
    }
  })

  it('proposes the same after a snapshot', () => {
    const record = play(search.init(), 1, 8)
    const copied = search.restore(structuredClone(search.snapshot(record)))
    expect(propose(copied, 9)).toEqual(propose(record, 9))
    expect(search.gallery(copied, 9)).toEqual(search.gallery(record, 9))
    expect(() => search.restore({ kind: 'dr', version: 1, state: null, tensors: {} })).toThrow(/dr/)
  })
})
