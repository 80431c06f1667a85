import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { stream } from '../../core/random.ts'
import { type ScoredLevel, takeBatch } from './insertion.ts'
import { createLevelBuffer, type LevelBuffer } from './level-buffer.ts'
import { hold, release } from './lineage.ts'
import { type BufferRules, EDGE_RULES } from './rules.ts'
import { replayDistribution, sampleEntries } from './sampling.ts'

/** The buffer written again from its definition, with objects and nothing kept between steps. */
interface NaiveEntry {
  key: string
  serial: number
  score: number
  age: number
  maxReturn: number
}

function naiveDistribution(entries: readonly NaiveEntry[], rules: BufferRules): number[] {
  const rankOf = (i: number) =>
    1 +
    entries.filter((o, j) => o.score > entries[i].score || (o.score === entries[i].score && j < i))
      .length
  const priority = (i: number): number => {
    if (rules.priority === 'rank') return (1 / rankOf(i)) ** (1 / rules.temperature)
    if (rules.priority === 'proportional')
      return Math.max(0, entries[i].score) ** (1 / rules.temperature)
    return rankOf(i) <= rules.topK ? Math.exp(entries[i].score) : 0
  }
  const raw = entries.map((_, i) => priority(i))
  const total = raw.reduce((a, b) => a + b, 0)
  const w = raw.map((value) => (total > 0 ? value / total : 1 / entries.length))
  const ageSum = entries.reduce((sum, { age }) => sum + age, 0)
  const fallback = (i: number) => (rules.zeroAges === 'scores' ? w[i] : 1 / entries.length)
  const k = rules.stalenessCoefficient
  return entries.map(({ age }, i) => (1 - k) * w[i] + k * (ageSum > 0 ? age / ageSum : fallback(i)))
}

function naiveTake(entries: NaiveEntry[], rules: BufferRules, batch: readonly ScoredLevel[]): void {
  const drop = rules.unique && rules.batchDuplicates === 'drop'
  const same = (level: ScoredLevel) => (entry: NaiveEntry) =>
    rules.unique ? entry.key === level.key : entry.serial === level.serial
  const homes = batch.map((level) =>
    level.replayed
      ? entries.findIndex(({ serial }) => serial === level.serial)
      : drop
        ? entries.findIndex(({ key }) => key === level.key)
        : -1,
  )
  batch.forEach((level, i) => {
    // By the ages of before: the order is that of the recorded sequences (recorded-buffers.test.ts).
    const p = naiveDistribution(entries, rules)
    if (!level.replayed && rules.newLevelAging === 'insert')
      for (const entry of entries) entry.age++
    if (drop && batch.slice(0, i).some(({ key }) => key === level.key)) {
      const stored = entries.find(({ key }) => key === level.key)
      if (stored !== undefined && rules.maxReturns === 'running')
        stored.maxReturn = Math.max(stored.maxReturn, level.maxReturn)
      return
    }
    if (!Number.isFinite(level.score)) return
    const held = entries.find(same(level))
    if (held !== undefined) {
      held.score = level.score
      held.maxReturn =
        rules.maxReturns === 'last' ? level.maxReturn : Math.max(held.maxReturn, level.maxReturn)
      if (!level.replayed && rules.duplicateAge === 'zero') held.age = 0
      return
    }
    const { key, serial, score, maxReturn } = level
    const taken = { key, serial, score, maxReturn, age: 0 }
    if (homes[i] < 0 && entries.length < rules.capacity) {
      entries.push(taken)
      return
    }
    const at = homes[i] >= 0 ? homes[i] : p.indexOf(Math.min(...p))
    const wins = rules.insertRule === '>=' ? score >= entries[at].score : score > entries[at].score
    if (!wins) return
    if (rules.insertedAge === 'inherit') taken.age = entries[at].age
    entries[at] = taken
  })
}

function naiveSample(
  entries: readonly NaiveEntry[],
  rules: BufferRules,
  us: readonly number[],
): number[] {
  return us.map((u) => {
    const p = naiveDistribution(entries, rules)
    let reached = 0
    const total = p.reduce((a, b) => a + b, 0)
    let drawn = p.findIndex((value) => {
      reached += value
      return value > 0 && u * total < reached
    })
    if (drawn < 0) drawn = p.findLastIndex((value) => value > 0)
    for (const entry of entries) entry.age++
    entries[drawn].age = 0
    return drawn
  })
}

function checkInvariants(buffer: LevelBuffer): void {
  const { size, rules, scores, order, rankOf, serials, keys, lineage } = buffer
  expect(size).toBeLessThanOrEqual(rules.capacity)
  const entries = Array.from({ length: size }, (_, entry) => entry)
  const sorted = entries.toSorted((a, b) => scores[b] - scores[a] || a - b)
  expect([...order.subarray(0, size)]).toEqual(sorted)
  expect(sorted.every((entry, rank) => rankOf[entry] === rank)).toBe(true)
  expect(scores.subarray(size).every((score) => score === Number.NEGATIVE_INFINITY)).toBe(true)
  expect(entries.map((entry) => buffer.entryOfSerial.get(serials[entry]))).toEqual(entries)
  if (rules.unique) expect(new Set(keys).size).toBe(size)
  // Nothing is remembered but stored levels and their ancestors.
  const reachable = new Set<number>()
  const open = entries.map((entry) => serials[entry])
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reachable.has(next)) continue
    reachable.add(next)
    open.push(...(lineage.get(next)?.parents ?? []))
  }
  expect([...lineage.keys()].sort((a, b) => a - b)).toEqual([...reachable].sort((a, b) => a - b))
  if (size === 0) return
  const p = replayDistribution(buffer).subarray(0, size)
  expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
  expect(p.every((value) => value >= 0)).toBe(true)
}

const arbitraryRules: fc.Arbitrary<BufferRules> = fc.record({
  capacity: fc.integer({ min: 1, max: 6 }),
  minFill: fc.constant(0.5),
  priority: fc.constantFrom('rank', 'proportional', 'top-k'),
  temperature: fc.constantFrom(0.3, 1),
  topK: fc.integer({ min: 1, max: 4 }),
  stalenessCoefficient: fc.constantFrom(0, 0.3, 1),
  unique: fc.boolean(),
  replaySchedule: fc.constant(EDGE_RULES.minimax.replaySchedule),
  insertRule: fc.constantFrom('>=', '>'),
  zeroAges: fc.constantFrom('scores', 'uniform'),
  newLevelAging: fc.constantFrom('batch', 'insert', 'none'),
  insertedAge: fc.constantFrom('zero', 'inherit'),
  duplicateAge: fc.constantFrom('keep', 'zero'),
  batchDuplicates: fc.constantFrom('drop', 'update'),
  maxReturns: fc.constantFrom('running', 'last'),
})

/** One level of a batch: replayed where `from` falls on a filled entry and `kind` says so, else new or an edit. */
const arbitraryLevel = fc.record({
  kind: fc.constantFrom('new', 'replay', 'edit'),
  from: fc.nat(5),
  key: fc.nat(8),
  score: fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0, 0.25, 0.5, 1, 2),
})

describe('the level buffer, against a naive one', () => {
  it('agrees on every batch and every draw, and keeps its invariants', () => {
    const batches = fc.array(fc.array(arbitraryLevel, { maxLength: 5 }), { maxLength: 12 })
    fc.assert(
      fc.property(arbitraryRules, batches, fc.nat(), (rules, rounds, seed) => {
        const buffer = createLevelBuffer(rules)
        const naive: NaiveEntry[] = []
        let serial = 0
        rounds.forEach((round, cycle) => {
          const batch = round.map(({ kind, from, key, score }): ScoredLevel => {
            const entry = from % Math.max(1, buffer.size)
            const known = kind !== 'new' && buffer.size > 0
            const stored = known ? buffer.lineage.get(buffer.serials[entry]) : undefined
            const replayed = kind === 'replay' && stored !== undefined
            const parents = stored === undefined ? [] : [stored.serial]
            const name = replayed ? buffer.keys[entry] : String(key)
            return {
              serial: replayed ? stored.serial : serial++,
              key: name,
              level: utf8(name),
              operator: 'edit',
              parents: replayed ? stored.parents : parents,
              generation: 0,
              replayed,
              score,
              maxReturn: score,
            }
          })
          const needed = batch.flatMap((level) => (level.replayed ? [level.serial] : level.parents))
          for (const each of needed) hold(buffer.lineage, each)
          takeBatch(buffer, batch)
          for (const each of needed) release(buffer.lineage, each)
          naiveTake(naive, rules, batch)
          checkInvariants(buffer)
          if (buffer.size > 0) {
            const us = stream(seed, cycle)
            const draws = Array.from({ length: 3 }, () => us.uniform())
            const drawn = sampleEntries(buffer, 3, stream(seed, cycle))
            expect([...drawn]).toEqual(naiveSample(naive, rules, draws))
          }
          const state = naive.map(({ key, serial: id, score, age, maxReturn }, entry) => ({
            same: buffer.keys[entry] === key && buffer.serials[entry] === id,
            score: buffer.scores[entry] === score,
            age: buffer.ages[entry] === age,
            maxReturn: buffer.maxReturns[entry] === maxReturn,
          }))
          expect(buffer.size).toBe(naive.length)
          expect(state.every((s) => s.same && s.score && s.age && s.maxReturn)).toBe(true)
        })
      }),
      { numRuns: 250, seed: 11 },
    )
  })
})
