import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { dealMinibatches } from './minibatches.ts'
import { cutShards } from './shards.ts'

describe('shards', () => {
  it('cover all columns once, in order, evenly', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 9 }), (count, shards) => {
        const ranges = cutShards(count, shards)
        let next = 0
        for (const { from, to } of ranges) {
          expect(from).toBe(next)
          expect(to).toBeGreaterThan(from)
          next = to
        }
        expect(next).toBe(count)
        const sizes = ranges.map(({ from, to }) => to - from)
        if (count >= shards) expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        expect(ranges.length).toBe(Math.min(count, shards))
      }),
    )
  })
})

describe('minibatches', () => {
  it('deal every column once into sorted parts', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(99), { minLength: 1 }),
        fc.integer({ min: 1, max: 8 }),
        (columns, parts) => {
          const dealt = dealMinibatches(columns, parts, stream(3, columns.length))
          expect(dealt.length).toBe(Math.min(parts, columns.length))
          const byNumber = (a: number, b: number) => a - b
          expect(dealt.flat().sort(byNumber)).toEqual([...columns].sort(byNumber))
          for (const part of dealt) expect(part).toEqual([...part].sort(byNumber))
        },
      ),
    )
  })

  it('shuffle by their stream', () => {
    const columns = Array.from({ length: 16 }, (_, i) => i)
    const deal = (epoch: number) => dealMinibatches(columns, 4, stream(1, epoch))
    expect(deal(0)).toEqual(deal(0))
    expect(deal(0)).not.toEqual(deal(1))
  })
})
