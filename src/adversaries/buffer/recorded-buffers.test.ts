import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../core/bytes.ts'
import { stream } from '../../core/random.ts'
import { ageByNewBatch } from '../curator/curator.ts'
import { type ScoredLevel, takeBatch } from './insertion.ts'
import { createLevelBuffer, type LevelBuffer } from './level-buffer.ts'
import { type BufferRules, EDGE_RULES } from './rules.ts'
import { replayDistribution, sampleEntries } from './sampling.ts'

// What the level buffers of JaxUED (5 sequences) and minimax (5) did with random batches, recorded as they ran.

interface Recorded
  extends Pick<BufferRules, 'capacity' | 'priority' | 'stalenessCoefficient' | 'unique'> {
  readonly profile: 'jaxued' | 'minimax'
  readonly temperature?: number
  readonly topK?: number
  readonly operations: readonly Operation[]
}

interface Operation {
  readonly op: 'new' | 'replay'
  readonly levels: readonly number[]
  /** null where no episode finished. */
  readonly scores: readonly (number | null)[]
  readonly maxReturns?: readonly number[]
  /** Drawn, or where each new level went: −1 for nowhere. minimax does not say it of new ones. */
  readonly slots?: readonly number[]
  readonly drawnAges?: readonly number[]
  readonly then: {
    readonly levels: readonly number[]
    readonly scores: readonly number[]
    readonly ages: readonly number[]
    readonly maxReturns?: readonly number[]
    /** P of the filled slots, to seven digits. */
    readonly weights: readonly number[]
  }
}

const SEQUENCES = readFileSync(new URL('fixtures/recorded-buffers.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

/** As recorded, minimax's defects included, which its profile leaves out. */
const DEFECTS = { insertedAge: 'inherit', maxReturns: 'last' } as const

function rulesOf({ profile, temperature = 1, topK = 1, ...said }: Recorded): BufferRules {
  const { operations: _, ...own } = said
  const defects = profile === 'minimax' ? DEFECTS : {}
  return { ...EDGE_RULES[profile], ...defects, ...own, temperature, topK, minFill: 0 }
}

let serial = 0
const entry = (key: number, score: number | null, maxReturn = 0): ScoredLevel => ({
  serial: serial++,
  key: String(key),
  level: utf8(String(key)),
  operator: 'generate',
  parents: [],
  generation: 0,
  replayed: false,
  score: score ?? Number.NEGATIVE_INFINITY,
  maxReturn,
})

function play(buffer: LevelBuffer, operation: Operation): void {
  const { op, levels, scores, maxReturns, slots = [] } = operation
  const entries = levels.map((level, i) => entry(level, scores[i], maxReturns?.[i]))
  if (op === 'new') {
    ageByNewBatch(buffer, levels.length)
    takeBatch(buffer, entries)
    return
  }
  expect(slots.map((slot) => buffer.keys[slot])).toEqual(levels.map(String))
  sampleEntries(buffer, slots.length, drawing(buffer, slots))
  expect([...buffer.ages.subarray(0, buffer.size)]).toEqual(operation.drawnAges)
  const drawn = slots.map((slot) => buffer.serials[slot])
  takeBatch(
    buffer,
    entries.map((each, i) => ({ ...each, serial: drawn[i], replayed: true })),
  )
}

/** Luck with which exactly these slots are drawn, one after the other: each must have a chance. */
function drawing(buffer: LevelBuffer, slots: readonly number[]) {
  const luck = stream('recorded')
  const copy = { ...buffer, ages: buffer.ages.slice(), weights: buffer.weights.slice() }
  const us = slots.map((slot) => {
    const p = replayDistribution(copy)
    const below = p.subarray(0, slot).reduce((sum, each) => sum + each, 0)
    expect(p[slot]).toBeGreaterThan(0)
    const u = below + p[slot] / 2
    for (let each = 0; each < copy.size; each++) copy.ages[each]++
    copy.ages[slot] = 0
    return u
  })
  luck.uniform = () => us.shift() as number
  return luck
}

describe.each(SEQUENCES.map((sequence, index) => ({ index, ...sequence })))(
  'sequence $index of $profile, $priority, unique $unique',
  ({ index: _, ...sequence }) => {
    it('leaves the recorded levels, scores, ages and chances after every batch', () => {
      const buffer = createLevelBuffer(rulesOf(sequence))
      for (const operation of sequence.operations) {
        play(buffer, operation)
        const { size } = buffer
        const { levels, scores, ages, maxReturns = [], weights } = operation.then
        expect(buffer.keys).toEqual(levels.map(String))
        expect([...buffer.scores.subarray(0, size)]).toEqual(scores)
        expect([...buffer.ages.subarray(0, size)]).toEqual(ages)
        // −1 throughout: minimax keeps best returns only for the score that needs them.
        if (maxReturns.some((best) => best >= 0))
          expect([...buffer.maxReturns.subarray(0, size)]).toEqual(maxReturns)
        const p = replayDistribution(buffer)
        for (const [slot, weight] of weights.entries()) expect(p[slot]).toBeCloseTo(weight, 6)
      }
    })
  },
)

it('puts every new level of JaxUED where it was recorded to go, or nowhere', () => {
  for (const sequence of SEQUENCES.filter(({ profile }) => profile === 'jaxued')) {
    const buffer = createLevelBuffer(rulesOf(sequence))
    for (const operation of sequence.operations)
      if (operation.op === 'replay') play(buffer, operation)
      else
        operation.levels.forEach((level, i) => {
          const slot = operation.slots?.[i] ?? -1
          const before = [...buffer.keys]
          const report = takeBatch(buffer, [entry(level, operation.scores[i])])
          expect(report.rejected + report.unscored).toBe(slot < 0 ? 1 : 0)
          if (slot >= 0) before[slot] = String(level)
          expect(buffer.keys).toEqual(before)
        })
  }
})
