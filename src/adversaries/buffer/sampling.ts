import type { RandomStream } from '../../core/random.ts'
import type { LevelBuffer } from './level-buffer.ts'
import { writePriorities } from './priority.ts'
import { advanceAges, mixStaleness } from './staleness.ts'

/**
 * The replay distribution P over entries 0 … size−1. The result is `buffer.weights`: valid until the next call on
 * the buffer; later entries mean nothing.
 */
export function replayDistribution(buffer: LevelBuffer): Float64Array {
  writePriorities(buffer)
  mixStaleness(buffer, buffer.weights, buffer.weights)
  return buffer.weights
}

/** Whether enough of the buffer is filled to replay from it. */
export function isWarm({ size, rules }: LevelBuffer): boolean {
  return size > 0 && size / rules.capacity >= rules.minFill
}

/**
 * The replay decision for a coin `u`, uniform in [0, 1): replay iff warm and u < p; under the `fill` schedule (dcd)
 * p ramps up with the filled share.
 */
export function decidesReplay(buffer: LevelBuffer, replayProbability: number, u: number): boolean {
  const { size, rules } = buffer
  const ceiling = rules.replaySchedule === 'fill' ? size / rules.capacity : 1
  return isWarm(buffer) && u < Math.min(ceiling, replayProbability)
}

/**
 * Draws `count` entries in sequence, with replacement. After every draw all ages go up by one, the drawn one to zero, and
 * P is formed anew. The buffer must not be empty.
 */
export function sampleEntries(
  buffer: LevelBuffer,
  count: number,
  stream: RandomStream,
): Int32Array {
  const drawn = new Int32Array(count)
  writePriorities(buffer)
  // Scores stay as they are during the draws: only the staleness part of P is formed anew.
  const priorities = buffer.weights.slice(0, buffer.size)
  for (let i = 0; i < count; i++) {
    mixStaleness(buffer, priorities, buffer.weights)
    drawn[i] = drawEntry(buffer, stream.uniform())
    advanceAges(buffer, 1)
    buffer.ages[drawn[i]] = 0
  }
  return drawn
}

/** The entry in which `u` falls under the weights; never one of weight zero. */
function drawEntry({ weights, size }: LevelBuffer, u: number): number {
  let total = 0
  for (let entry = 0; entry < size; entry++) total += weights[entry]
  const target = u * total
  let reached = 0
  let last = 0
  for (let entry = 0; entry < size; entry++) {
    if (!(weights[entry] > 0)) continue
    reached += weights[entry]
    if (target < reached) return entry
    last = entry
  }
  // Rounding left the target at the very end of the sum.
  return last
}
