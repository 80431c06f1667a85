import { describe, expect, it } from 'vitest'
import { fromUtf8 } from '../../core/bytes.ts'
import { slotId } from '../../core/ids.ts'
import type { EpisodeSummary, Outcome, TaskBatch } from '../../learners/contract.ts'
import type { AdversaryDefinition } from '../contract.ts'
import { adversary as minimax } from '../minimax-adversary.ts'
import { adversary as paired } from '../paired.ts'
import { adversary as population } from '../population-paired.ts'
import { fakeBuilder, playAsked } from '../testing/fake-builder.ts'
import { AGENT, anyOptions, countsOf, make, PAIR } from '../testing/play.ts'

const episode = (value: number, finished: boolean): EpisodeSummary => ({
  ...{ episode: 0, seat: 'agent', finished, solved: value > 0, return: value, length: 2 },
  ...{ studentVersion: 0, extras: {} },
})

/** Returns of finished episodes by slot, the same on every level; a student without any has one unfinished. */
const returning =
  (returns: Readonly<Record<string, readonly number[]>>) =>
  ({ slot, tasks }: TaskBatch): Outcome[] =>
    tasks.map(({ id, repeat }) => ({
      ...{ task: id, slot, repeat, artefacts: {}, measuredBy: 'test' },
      episodes:
        returns[slot].length === 0
          ? [episode(9, false)]
          : returns[slot].map((value) => episode(value, true)),
    }))

function paid(
  definition: AdversaryDefinition<object>,
  options: object,
  returns: Readonly<Record<string, readonly number[]>>,
): number {
  const slots = Object.keys(returns).map(slotId)
  const { asked, answer } = fakeBuilder()
  const adversary = make<object, unknown>(definition, options, slots)
  const outcomes = returning(returns)
  const counts = countsOf(slots, 1)
  playAsked({ adversary, record: adversary.init(), cycle: 1, counts, answer, outcomes })
  const [regret] = (asked[1].payload as { regrets: number[] }).regrets
  return regret
}

describe('what the builder is paid, by hand', () => {
  const PAIRED = anyOptions(paired)
  const better = { protagonist: [0.2, 0.4], antagonist: [0.9, 0.1] }
  const worse = { protagonist: [0.6], antagonist: [0.1, 0.2] }
  it.each([
    ['relative-regret', better, 0.9 - 0.3],
    ['relative-regret', worse, 0],
    ['relative-regret-unclipped', worse, 0.2 - 0.6],
    ['mean-relative', better, 0.5 - 0.3],
    ['mean-relative', worse, 0],
    ['flexible-regret', worse, 0.6 - 0.15],
    // Who finished nothing has a return of 0; where nobody did, the level is worth nothing.
    ['relative-regret', { protagonist: [], antagonist: [0.5] }, 0.5],
    ['relative-regret', { protagonist: [], antagonist: [] }, 0],
  ])('%s', (regret, returns, expected) => {
    expect(paid(PAIRED, { regret }, returns)).toBeCloseTo(expected, 12)
  })

  it('minimax and population', () => {
    expect(paid(anyOptions(minimax), {}, { agent: [0.2, 0.7] })).toBe(-0.7)
    expect(Object.is(paid(anyOptions(minimax), {}, { agent: [0] }), 0)).toBe(true)
    expect(paid(anyOptions(minimax), {}, { agent: [] })).toBe(0)
    const three = { a: [0.9, 0.3], b: [0.3], c: [0] }
    expect(paid(anyOptions(population), {}, three)).toBeCloseTo(0.9 - (0.6 + 0.3 + 0) / 3, 12)
  })
})

describe('a cycle of PAIRED', () => {
  const adversary = make<object, unknown>(anyOptions(paired), {}, PAIR)
  const { asked, answer } = fakeBuilder()
  const counts = { [PAIR[0]]: 2, [PAIR[1]]: 3 }
  const played = playAsked({ adversary, record: adversary.init(), cycle: 4, counts, answer })

  it('asks for levels, gives all students the same, and tells the builder what each was worth', () => {
    expect(asked.map(({ key, service }) => [key, service])).toEqual([
      ['build', 'builder'],
      ['learn', 'builder'],
    ])
    expect(asked[0].payload).toEqual({ build: 4, count: 3 })
    expect(asked[1].payload).toEqual({ learn: 4, regrets: expect.any(Array) })
    const tasks = Object.fromEntries(
      played.batches.map(({ slot, tasks }) => [
        slot,
        tasks.map(({ level, seed, train }) => ({ level: fromUtf8(level), seed, train })),
      ]),
    )
    expect(tasks.protagonist.map(({ level }) => level)).toEqual(['1', '2', '3'])
    expect(tasks.antagonist).toEqual(tasks.protagonist.slice(0, 2))
    expect(tasks.protagonist.every(({ train }) => train)).toBe(true)
    expect(played.batches.map(({ autoReset }) => autoReset)).toEqual(['same-level', 'same-level'])
  })

  it('shows regret, levels and the builder’s own curve', () => {
    const { regrets } = asked[1].payload as { regrets: number[] }
    expect(regrets.every((regret) => regret >= 0)).toBe(true)
    expect(played.metrics).toMatchObject({
      regret_mean: regrets.reduce((sum, regret) => sum + regret, 0) / 3,
      regret_max: Math.max(...regrets),
      levels_distinct: 1,
      builder_entropy: 2,
      builder_return: 7,
    })
    // Each student's task on a level has the same.
    const told = played.batches.flatMap(({ tasks }) => tasks.map(({ id }, i) => [id, regrets[i]]))
    expect(played.levels).toEqual([
      {
        slots: ['protagonist', 'antagonist'],
        score: 'relative-regret',
        scores: Object.fromEntries(told),
      },
    ])
    const shown = adversary.gallery(played.record, 2)
    expect(shown.map(({ score }) => score)).toEqual(regrets.toSorted((a, b) => b - a).slice(0, 2))
  })

  it('survives a snapshot', () => {
    const copy = structuredClone(adversary.snapshot(played.record))
    expect(adversary.snapshot(adversary.restore(copy))).toEqual(copy)
    expect(() => adversary.restore({ ...copy, kind: 'dr' })).toThrow(/'dr'/)
  })

  it('refuses an answer that is no build, and students that it cannot compare', () => {
    const cycle = { adversary, record: adversary.init(), cycle: 1, counts }
    const one = Buffer.from('7').toString('base64')
    for (const payload of [null, { levels: 3 }, { levels: [one] }])
      expect(() => playAsked({ ...cycle, answer: () => ({ payload }) })).toThrow(
        expect.objectContaining({ code: 'builder/answer' }),
      )
    expect(() => make(anyOptions(paired), {}, AGENT)).toThrow(
      /compares 2 students, here there are 1/,
    )
    expect(() => make(anyOptions(population), {}, AGENT)).toThrow(/at least 2 students/)
  })
})

describe.each([
  ['paired', anyOptions(paired), PAIR],
  ['minimax-adversary', anyOptions(minimax), AGENT],
  ['population-paired', anyOptions(population), ['a', 'b', 'c'].map(slotId)],
] as const)('%s', (_, definition, slots) => {
  it('goes on from a snapshot bit for bit, in an adversary made anew', () => {
    const made = () => make<object, unknown>(definition, {}, slots)
    const counts = countsOf(slots, 4)
    const [one, other] = [fakeBuilder(), fakeBuilder()]
    let [straight, resumed] = [made().init(), made().init()]
    for (let cycle = 0; cycle < 6; cycle++) {
      const a = playAsked({
        ...{ adversary: made(), record: straight, cycle, counts },
        answer: one.answer,
      })
      const { state, ...rest } = made().snapshot(resumed)
      const record = made().restore({ ...rest, state: JSON.parse(JSON.stringify(state)) })
      const b = playAsked({ adversary: made(), record, cycle, counts, answer: other.answer })
      expect(b.batches).toEqual(a.batches)
      expect([b.metrics, b.levels]).toEqual([a.metrics, a.levels])
      straight = a.record
      resumed = b.record
    }
    expect(other.asked).toEqual(one.asked)
    expect(made().snapshot(resumed)).toEqual(made().snapshot(straight))
  })
})
