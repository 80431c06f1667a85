import { AgonError } from '../core/errors.ts'
import type { VectorOptions } from './contract.ts'

/** @throws AgonError `env/options` for a number of lanes that is none, and for `next-level` without a source */
export function checkVectorOptions<L>({ slots, autoReset, nextLevel }: VectorOptions<L>): void {
  if (!Number.isSafeInteger(slots) || slots < 1)
    throw new AgonError('env/options', `slots is a whole number from 1, not ${slots}`)
  if (autoReset === 'next-level' && nextLevel === undefined)
    throw new AgonError('env/options', 'next-level needs a source of levels', {
      remedy: 'give nextLevel',
    })
}

/**
 * That a reset names lanes that there are, with one level each.
 * @throws AgonError `env/options`
 */
export function checkResetLanes(lanes: ArrayLike<number>, levels: number, count: number): void {
  if (lanes.length !== levels)
    throw new AgonError('env/options', `${levels} levels for ${lanes.length} lanes`)
  for (let i = 0; i < lanes.length; i++) checkLane(lanes[i], count)
}

/** @throws AgonError `env/options` */
export function checkLane(lane: number, count: number): void {
  if (!(Number.isInteger(lane) && lane >= 0 && lane < count))
    throw new AgonError('env/options', `there is no lane ${lane}, the last is ${count - 1}`)
}

export const notReset = (lane: number): AgonError =>
  new AgonError('env/not-reset', `lane ${lane} has no level yet`, { remedy: 'reset it first' })
