import { AgonError } from '../core/errors.ts'
import type { VectorOptions } from './contract.ts'

/** @throws AgonError `env/options` for a number of slots that is none, and for `next-level` without a source */
export function checkVectorOptions<L>({ slots, autoReset, nextLevel }: VectorOptions<L>): void {
  if (!Number.isSafeInteger(slots) || slots < 1)
    throw new AgonError('env/options', `slots is a whole number from 1, not ${slots}`)
  if (autoReset === 'next-level' && nextLevel === undefined)
    throw new AgonError('env/options', 'next-level needs a source of levels', {
      remedy: 'give nextLevel',
    })
}

/**
 * That a reset names slots that there are, with one level each.
 * @throws AgonError `env/options`
 */
export function checkResetSlots(slots: ArrayLike<number>, levels: number, count: number): void {
  if (slots.length !== levels)
    throw new AgonError('env/options', `${levels} levels for ${slots.length} slots`)
  for (let i = 0; i < slots.length; i++) checkSlot(slots[i], count)
}

/** @throws AgonError `env/options` */
export function checkSlot(slot: number, count: number): void {
  if (!(Number.isInteger(slot) && slot >= 0 && slot < count))
    throw new AgonError('env/options', `there is no slot ${slot}, the last is ${count - 1}`)
}

export const notReset = (slot: number): AgonError =>
  new AgonError('env/not-reset', `slot ${slot} has no level yet`, { remedy: 'reset it first' })
