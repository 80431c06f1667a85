import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { stream } from '../../core/random.ts'
import { type ScoredLevel, takeBatch } from './insertion.ts'
import { createLevelBuffer, type LevelBuffer } from './level-buffer.ts'
import { writePriorities } from './priority.ts'
import { type BufferRules, EDGE_RULES } from './rules.ts'
import { decidesReplay, replayDistribution, sampleEntries } from './sampling.ts'

const rules = (changes: Partial<BufferRules> = {}): BufferRules => ({
  ...EDGE_RULES.minimax,
  capacity: 4,
  minFill: 0.5,
  priority: 'rank',
  temperature: 0.5,
  topK: 2,
  stalenessCoefficient: 0.3,
  unique: true,
  ...changes,
})

let serial = 0
const fresh = (key: string, score: number, maxReturn = score): ScoredLevel => ({
  serial: serial++,
  key,
  level: utf8(key),
  operator: 'generate',
  parents: [],
  generation: 0,
  replayed: false,
  score,
  maxReturn,
})

/** A buffer that holds levels a, b, c, … with these scores and ages. */
function filled(scores: readonly number[], ages: readonly number[], changes = {}): LevelBuffer {
  const buffer = createLevelBuffer(rules(changes))
  takeBatch(
    buffer,
    scores.map((score, i) => fresh('abcdefgh'[i], score)),
  )
  buffer.ages.set(ages)
  return buffer
}

const replay = (buffer: LevelBuffer, entry: number, score: number, maxReturn = score) => ({
  ...fresh(buffer.keys[entry], score, maxReturn),
  serial: buffer.serials[entry],
  replayed: true,
})

const distribution = (buffer: LevelBuffer) => [...replayDistribution(buffer)]
const close = (actual: readonly number[], expected: readonly number[]) =>
  expected.forEach((value, i) => {
    expect(actual[i]).toBeCloseTo(value, 5)
  })

describe('replay distribution', () => {
  it('is the published hand example', () => {
    const buffer = filled([3, 1, 2], [0, 4, 2])
    writePriorities(buffer)
    close([...buffer.weights], [0.73469, 0.08163, 0.18367, 0])
    close(distribution(buffer), [0.51429, 0.25714, 0.22857, 0])
  })
  it('falls back to the scores or to uniform while all ages are zero', () => {
    close(distribution(filled([3, 1, 2], [0, 0, 0])), [0.73469, 0.08163, 0.18367, 0])
    const uniform = filled([3, 1, 2], [0, 0, 0], { zeroAges: 'uniform' })
    close(
      distribution(uniform),
      [0.73469, 0.08163, 0.18367].map((w) => 0.7 * w + 0.1),
    )
  })
  it('gives proportional priorities, negative scores counting as nothing', () => {
    const changes = { priority: 'proportional', stalenessCoefficient: 0, temperature: 0.5 }
    close(distribution(filled([3, -5, 1], [0, 4, 2], changes)), [0.9, 0, 0.1])
    close(distribution(filled([-3, -5, -1, 0], [0, 4, 2, 1], changes)), [0.25, 0.25, 0.25, 0.25])
  })
  it('gives the softmax of the k best', () => {
    const changes = { priority: 'top-k', stalenessCoefficient: 0 }
    const e = Math.E
    close(distribution(filled([1, 3, 2], [0, 0, 0], changes)), [0, e / (1 + e), 1 / (1 + e), 0])
  })
  it('ranks equal scores by slot', () => {
    const buffer = filled([1, 2, 1, 2], [0, 0, 0, 0], { stalenessCoefficient: 0, temperature: 1 })
    close(
      distribution(buffer),
      [1 / 3, 1, 1 / 4, 1 / 2].map((w) => w / (25 / 12)),
    )
    expect([...buffer.order]).toEqual([1, 3, 0, 2])
  })
})

describe('sampling', () => {
  it('ages every level at each draw and forms P anew', () => {
    const buffer = filled([3, 1, 2], [0, 0, 0], { stalenessCoefficient: 1 })
    const first = sampleEntries(buffer, 1, stream(3))[0]
    expect([...buffer.ages]).toEqual([0, 1, 2].map((entry) => (entry === first ? 0 : 1)).concat(0))
    // With κ = 1 a level that was just drawn has no chance, and of two the staler is favoured.
    const drawn = [...sampleEntries(buffer, 200, stream(4))]
    expect([first, ...drawn].every((entry, i, all) => entry !== all[i - 1])).toBe(true)
  })
  it('draws with the probabilities of P', () => {
    const counts = [0, 0, 0]
    const draws = 20_000
    const random = stream(5)
    const buffer = filled([3, 1, 2], [0, 4, 2])
    for (let i = 0; i < draws; i++) {
      buffer.ages.set([0, 4, 2])
      counts[sampleEntries(buffer, 1, random)[0]]++
    }
    const expected = [0.51429, 0.25714, 0.22857]
    const chiSquare = counts.reduce(
      (sum, count, i) => sum + (count - draws * expected[i]) ** 2 / (draws * expected[i]),
      0,
    )
    // 99.9 % quantile with two degrees of freedom.
    expect(chiSquare).toBeLessThan(13.8)
  })
  it('lets the best ranks dominate', () => {
    const buffer = filled([8, 7, 6, 5, 4, 3, 2, 1], [], { capacity: 8, temperature: 0.3 })
    const counts = new Array(8).fill(0)
    for (const entry of sampleEntries(buffer, 5000, stream(6))) counts[entry]++
    expect(counts[0]).toBeGreaterThan(counts[1])
    expect(counts[0]).toBeGreaterThan(5000 * 0.5)
    expect(Math.min(...counts)).toBeGreaterThan(5000 * 0.01)
  })
})

describe('replay decision', () => {
  it('waits for the fill and then follows the coin', () => {
    const half = filled([1, 2], [])
    expect(decidesReplay(filled([1], []), 1, 0)).toBe(false)
    expect(decidesReplay(half, 0.8, 0.79)).toBe(true)
    expect(decidesReplay(half, 0.8, 0.8)).toBe(false)
    expect(decidesReplay(createLevelBuffer(rules({ minFill: 0 })), 1, 0)).toBe(false)
  })
  it('ramps up with the fill under the fill schedule', () => {
    const changes = { replaySchedule: 'fill', minFill: 0 }
    expect(decidesReplay(filled([1], [], changes), 0.8, 0.24)).toBe(true)
    expect(decidesReplay(filled([1], [], changes), 0.8, 0.25)).toBe(false)
    expect(decidesReplay(filled([1, 2, 3, 4], [], changes), 0.8, 0.8)).toBe(false)
  })
})

describe('taking a batch', () => {
  const full = (changes = {}) => filled([4, 3, 2, 1], [0, 0, 0, 0], changes)

  it('fills empty slots first, then the least likely slot', () => {
    const buffer = full()
    const report = takeBatch(buffer, [fresh('x', 2.5), fresh('y', 0.5)])
    // P is lowest at d (score 1); x takes its entry, then c has the lowest score and y does not beat it.
    expect(report).toEqual({ inserted: 1, updated: 0, rejected: 1, unscored: 0 })
    expect(buffer.keys).toEqual(['a', 'b', 'c', 'x'])
    expect([...buffer.order]).toEqual([0, 1, 3, 2])
  })
  it('lets staleness save a low score from eviction', () => {
    const buffer = filled([4, 3, 2, 1], [0, 0, 0, 50])
    takeBatch(buffer, [fresh('x', 9)])
    expect(buffer.keys).toEqual(['a', 'b', 'x', 'd'])
  })
  it('replaces an equal score under >= only', () => {
    const loose = full()
    takeBatch(loose, [fresh('x', 1)])
    expect(loose.keys[3]).toBe('x')
    const strict = full({ insertRule: '>' })
    expect(takeBatch(strict, [fresh('x', 1)]).rejected).toBe(1)
    expect(strict.keys[3]).toBe('d')
  })
  it('ignores levels without a finished episode', () => {
    const buffer = full()
    const none = { ...replay(buffer, 0, Number.NEGATIVE_INFINITY), maxReturn: 7 }
    expect(takeBatch(buffer, [none, fresh('x', Number.NEGATIVE_INFINITY)]).unscored).toBe(2)
    expect([buffer.scores[0], buffer.maxReturns[0]]).toEqual([4, 4])
  })
  it('updates score and best return of replayed levels, not their age', () => {
    const buffer = filled([4, 3], [5, 6])
    takeBatch(buffer, [replay(buffer, 0, 1, 2)])
    expect([buffer.scores[0], buffer.maxReturns[0], buffer.ages[0]]).toEqual([1, 4, 5])
    expect([...buffer.order.subarray(0, 2)]).toEqual([1, 0])
    const last = filled([4, 3], [5, 6], { maxReturns: 'last' })
    takeBatch(last, [replay(last, 0, 1, 2)])
    expect(last.maxReturns[0]).toBe(2)
  })
  it('turns a new level that is stored into an update', () => {
    const buffer = filled([4, 3], [5, 6])
    const before = buffer.serials[1]
    expect(takeBatch(buffer, [fresh('b', 9)])).toMatchObject({ inserted: 0, updated: 1 })
    expect([buffer.size, buffer.scores[1], buffer.ages[1]]).toEqual([2, 9, 6])
    expect(buffer.serials[1]).toBe(before)
    const renewed = filled([4, 3], [5, 6], { duplicateAge: 'zero' })
    takeBatch(renewed, [fresh('b', 9)])
    expect(renewed.ages[1]).toBe(0)
    const twice = filled([4, 3], [5, 6], { unique: false })
    expect(takeBatch(twice, [fresh('b', 9)]).inserted).toBe(1)
    expect(twice.keys).toEqual(['a', 'b', 'b'])
  })
  it('drops later equals in a batch, or takes them as updates', () => {
    const dropped = filled([], [])
    expect(takeBatch(dropped, [fresh('x', 1), fresh('x', 2)])).toMatchObject({
      inserted: 1,
      rejected: 1,
    })
    expect(dropped.scores[0]).toBe(1)
    const updated = filled([], [], { batchDuplicates: 'update' })
    expect(takeBatch(updated, [fresh('x', 1), fresh('x', 2)])).toMatchObject({
      inserted: 1,
      updated: 1,
    })
    expect([updated.size, updated.scores[0]]).toEqual([1, 2])
  })
  it('keeps the best return of a level over all its visits in a batch', () => {
    const buffer = filled([4, 3], [5, 6])
    const visits = [replay(buffer, 0, 1, 2), replay(buffer, 0, 8, 9), replay(buffer, 0, 7, 5)]
    expect(takeBatch(buffer, visits)).toMatchObject({ updated: 1, rejected: 2 })
    expect([buffer.scores[0], buffer.maxReturns[0]]).toEqual([1, 9])
    const last = filled([4, 3], [5, 6], { maxReturns: 'last' })
    takeBatch(last, [replay(last, 0, 1, 2), replay(last, 0, 8, 9)])
    expect(last.maxReturns[0]).toBe(2)
  })
  it('makes a replayed level whose slot was taken win it back by score', () => {
    const lost = full()
    const weak = replay(lost, 3, 1.9)
    expect(takeBatch(lost, [fresh('x', 2), weak])).toMatchObject({ inserted: 1, rejected: 1 })
    expect(lost.keys[3]).toBe('x')
    const won = full()
    const strong = replay(won, 3, 2)
    expect(takeBatch(won, [fresh('x', 2), strong])).toMatchObject({ inserted: 2 })
    expect([won.keys[3], won.serials[3]]).toEqual(['d', strong.serial])
  })
  it('ages stored levels by insertions where the rules say so', () => {
    const buffer = full({ newLevelAging: 'insert', insertRule: '>' })
    takeBatch(buffer, [fresh('x', 0.5), fresh('y', 5)])
    // x is refused but counts; y takes the entry of d with age zero.
    expect([...buffer.ages]).toEqual([2, 2, 2, 0])
  })
  it('chooses the slot to lose by the ages before the new level', () => {
    // Chances (.37, .63) before it, (.52, .48) after it: another level would go.
    const changes = { capacity: 2, temperature: 1, stalenessCoefficient: 0.45, zeroAges: 'uniform' }
    const jaxued = { ...changes, newLevelAging: 'insert', insertRule: '>' }
    const kept = filled([0.657, -0.518], [0, 1], jaxued)
    expect(takeBatch(kept, [fresh('x', 0.222)])).toMatchObject({ rejected: 1 })
    expect([...kept.ages]).toEqual([1, 2])
    const lost = filled([0.657, -0.518], [0, 1], jaxued)
    expect(takeBatch(lost, [fresh('x', 0.7)])).toMatchObject({ inserted: 1 })
    expect([lost.keys, [...lost.ages]]).toEqual([
      ['x', 'b'],
      [0, 2],
    ])
  })
  it('gives an inserted level age zero or the age of the level it replaces', () => {
    const zero = filled([4, 3, 2, 1], [9, 9, 9, 2])
    takeBatch(zero, [fresh('x', 9)])
    expect(zero.ages[3]).toBe(0)
    const inherited = filled([4, 3, 2, 1], [9, 9, 9, 2], { insertedAge: 'inherit' })
    takeBatch(inherited, [fresh('x', 9)])
    expect(inherited.ages[3]).toBe(2)
  })
})
