import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packedBatch, packRows } from './packing.ts'

const CONTEXT = 12
const token = fc.nat(9)
const example = fc.record({
  prompt: fc.array(token, { minLength: 1, maxLength: 6 }),
  answer: fc.array(token, { minLength: 1, maxLength: 6 }),
})

describe('packed rows', () => {
  it('hold each text whole and once, and weigh questions and answers apart', () => {
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 20 }), (examples) => {
        const berths = packRows(examples, CONTEXT)
        const rows = berths[berths.length - 1].row + 1
        const size = { first: 0, rows, context: CONTEXT, promptWeight: 0.25 }
        const { tokens, places, texts, targets, weights } = packedBatch(examples, berths, size)
        const taken = new Set<number>()
        let total = 0
        examples.forEach(({ prompt, answer }, text) => {
          const all = [...prompt, ...answer]
          const { row, from } = berths[text]
          expect(from + all.length - 1).toBeLessThanOrEqual(CONTEXT)
          for (let i = 0; i + 1 < all.length; i++) {
            const at = row * CONTEXT + from + i
            expect(taken.has(at)).toBe(false)
            taken.add(at)
            expect([tokens.data[at], targets.data[at]]).toEqual([all[i], all[i + 1]])
            expect([places.data[at], texts.data[at]]).toEqual([i, text + 1])
            total += i + 1 < prompt.length ? 0.25 : 1
          }
        })
        Array.from(weights.data as Float32Array).forEach((weight, at) => {
          if (!taken.has(at)) expect(weight).toBe(0)
        })
        const sum = (weights.data as Float32Array).reduce((a, b) => a + b, 0)
        expect(sum).toBeCloseTo(1, 5)
        expect(total).toBeGreaterThan(0)
      }),
      { numRuns: 50, seed: 1 },
    )
  })

  it('are cut into batches whose weights add up to one each', () => {
    const examples = Array.from({ length: 5 }, () => ({ prompt: [1, 2, 3], answer: [4, 5, 6, 7] }))
    const berths = packRows(examples, CONTEXT)
    expect(berths.map(({ row }) => row)).toEqual([0, 0, 1, 1, 2])
    const last = packedBatch(examples, berths, {
      ...{ first: 2, rows: 2, context: CONTEXT, promptWeight: 0 },
    })
    const weights = Array.from(last.weights.data as Float32Array)
    expect(weights.slice(2, 6)).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(weights.filter((weight) => weight > 0)).toHaveLength(4)
  })
})
