import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safeLength, stopAt } from './stop-texts.ts'

it('tells nothing that a stop text takes back, and at last all before it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 })
  const stops = fc.array(
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 }),
    { maxLength: 3 },
  )
  fc.assert(
    fc.property(text, stops, (whole, ends) => {
      let told = ''
      let so = ''
      let cut = -1
      for (const character of whole) {
        so += character
        cut = stopAt(so, ends)
        if (cut >= 0) break
        told += so.slice(told.length, Math.max(told.length, safeLength(so, ends)))
      }
      const answer = cut >= 0 ? so.slice(0, cut) : so
      expect(answer.startsWith(told)).toBe(true)
      const naive = ends.map((end) => whole.indexOf(end)).filter((at) => at >= 0)
      if (naive.length === 0) expect(answer).toBe(whole)
      else expect(ends.some((end) => answer.includes(end))).toBe(false)
    }),
    { numRuns: 300, seed: 1 },
  )
})
