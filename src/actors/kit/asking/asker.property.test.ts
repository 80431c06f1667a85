import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import { backoffMs } from './backoff.ts'
import type { AskCost } from './contract.ts'
import { NO_ASKS, withAnswer } from './spent.ts'
import { createWorld, settled } from './testing/world.ts'

const costs = fc.array(
  fc.record({
    tokens: fc.nat({ max: 1_000_000 }),
    money: fc.double({ min: 0, max: 100, noNaN: true }),
  }),
  { maxLength: 30 },
)
const total = (all: readonly AskCost[]) => all.reduce(withAnswer, NO_ASKS)

it('counts the same in whatever order the answers come', () => {
  fc.assert(
    fc.property(costs, fc.infiniteStream(fc.nat()), (all, order) => {
      const shuffled = all
        .map((cost) => ({ cost, at: order.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ cost }) => cost)
      expect(total(shuffled)).toEqual(total(all))
    }),
  )
})

it('waits between a half and the whole of a time that doubles up to a minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (retry, uniform) => {
        const whole = Math.min(60_000, 500 * 2 ** (retry - 1))
        const ms = backoffMs(retry, uniform)
        expect(ms).toBeGreaterThanOrEqual(whole / 2)
        expect(ms).toBeLessThanOrEqual(whole)
      },
    ),
  )
})

/** What a call meets: an answer, a failure that may be mended, one that may not, or nothing. */
const fate = fc.constantFrom('answer', 'answer', 'answer', 'busy', 'refuse', 'silence')

it('never has more under way than allowed, never calls beyond the cap, and leaves nobody waiting', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 2 }),
      fc.array(fate, { minLength: 1, maxLength: 30 }),
      async (concurrency, cap, retries, fates) => {
        const world = createWorld({ concurrency, calls: cap, retries, deadlineSeconds: 1 })
        const ends = Array.from({ length: 8 }, (_, i) =>
          world.ask(`q${i}`).then(
            () => 'answered',
            (error: AgonError) => error.code,
          ),
        )
        const open = new Set<number>()
        let met = 0
        const serve = (): void => {
          for (; met < world.calls.length; met++) {
            const call = world.calls[met]
            const id = met
            open.add(id)
            expect(open.size).toBeLessThanOrEqual(concurrency)
            call.signal.addEventListener('abort', () => open.delete(id))
            const meets = fates[met % fates.length]
            if (meets === 'silence') continue
            open.delete(id)
            if (meets === 'answer') call.answer({ tokens: 3 })
            else
              call.fail(new AgonError('service/no', 'no', { fields: { retry: meets === 'busy' } }))
          }
        }
        for (let step = 0; step < 600; step++) {
          await settled()
          serve()
          await world.advance(50)
        }
        const codes = await Promise.all(ends)
        const spent = world.asker.spent()
        expect(world.calls.length).toBeLessThanOrEqual(cap)
        expect(spent.calls + spent.retries).toBe(world.calls.length)
        expect(spent.calls).toBe(codes.filter((code) => code === 'answered').length)
        expect(spent.tokens).toBe(3 * spent.calls)
        for (const code of codes)
          expect(['answered', 'service/cap', 'service/no', 'service/deadline']).toContain(code)
      },
    ),
    { numRuns: 25 },
  )
})
