import { hold, type Lineage, release, remember } from './lineage.ts'
import type { BufferRules } from './rules.ts'

/**
 * The archive of the PLR family: a plain record. All arrays are `[capacity]` and owned by the record; slots
 * 0 … size−1 are filled, in the order in which they were first taken, and an empty slot has score −∞.
 * The functions of `sampling.ts` and `insertion.ts` change it in place.
 */
export interface LevelBuffer {
  readonly rules: BufferRules
  size: number
  readonly scores: Float64Array
  /** Level draws since the slot's level was last sampled. */
  readonly ages: Int32Array
  /** Highest return ever seen on the level (undiscounted); −∞ before any. */
  readonly maxReturns: Float64Array
  /** Edits between the level and its generated ancestor. */
  readonly generations: Int32Array
  /** Number of the slot's LevelId; −1 in an empty slot. */
  readonly serials: Int32Array
  /** `LevelSpace.key` of each filled slot. */
  readonly keys: string[]
  readonly slotOfSerial: Map<number, number>
  /** First slot of each key; complete only while `rules.unique`. */
  readonly slotOfKey: Map<string, number>
  readonly lineage: Lineage
  /** Filled slots by score, best first; ties go to the lower slot, so the order depends on the scores alone. */
  readonly order: Int32Array
  /** Position of each filled slot in `order`. */
  readonly rankOf: Int32Array
  /** (1/rank)^(1/β), best rank first, and its running sums. */
  readonly rankWeights: Float64Array
  readonly rankSums: Float64Array
  /** Scratch of one call: score distribution, then replay distribution. */
  readonly weights: Float64Array
}

/** What is stored of a level besides its numbers. */
export interface LevelEntry {
  readonly serial: number
  readonly key: string
  readonly level: Uint8Array
  readonly operator: string
  readonly parents: readonly number[]
  readonly generation: number
}

export function createLevelBuffer(rules: BufferRules): LevelBuffer {
  const { capacity, temperature } = rules
  const rankWeights = new Float64Array(capacity)
  const rankSums = new Float64Array(capacity + 1)
  for (let i = 0; i < capacity; i++) {
    rankWeights[i] = (1 / (i + 1)) ** (1 / temperature)
    rankSums[i + 1] = rankSums[i] + rankWeights[i]
  }
  return {
    rules,
    size: 0,
    scores: new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY),
    ages: new Int32Array(capacity),
    maxReturns: new Float64Array(capacity).fill(Number.NEGATIVE_INFINITY),
    generations: new Int32Array(capacity),
    serials: new Int32Array(capacity).fill(-1),
    keys: [],
    slotOfSerial: new Map(),
    slotOfKey: new Map(),
    lineage: new Map(),
    order: new Int32Array(capacity),
    rankOf: new Int32Array(capacity),
    rankWeights,
    rankSums,
    weights: new Float64Array(capacity),
  }
}

/**
 * Puts a level into `slot`, which is the next empty one or loses what it holds. The age is the caller's business.
 */
export function occupy(
  buffer: LevelBuffer,
  slot: number,
  entry: LevelEntry,
  score: number,
  maxReturn: number,
): void {
  // The new level is held before the old one goes: the old one may be its ancestor.
  remember(buffer.lineage, entry)
  hold(buffer.lineage, entry.serial)
  if (slot === buffer.size) {
    buffer.order[slot] = slot
    buffer.rankOf[slot] = slot
    buffer.size++
  } else vacate(buffer, slot)
  buffer.serials[slot] = entry.serial
  buffer.generations[slot] = entry.generation
  buffer.maxReturns[slot] = maxReturn
  buffer.keys[slot] = entry.key
  buffer.slotOfSerial.set(entry.serial, slot)
  buffer.slotOfKey.set(entry.key, slot)
  rescore(buffer, slot, score)
}

function vacate(buffer: LevelBuffer, slot: number): void {
  const serial = buffer.serials[slot]
  const key = buffer.keys[slot]
  buffer.slotOfSerial.delete(serial)
  if (buffer.slotOfKey.get(key) === slot) buffer.slotOfKey.delete(key)
  release(buffer.lineage, serial)
}

/** Sets a filled slot's score and moves it to its place in the order. */
export function rescore(buffer: LevelBuffer, slot: number, score: number): void {
  const { scores, order, rankOf, size } = buffer
  scores[slot] = score
  let at = rankOf[slot]
  while (at > 0 && precedes(scores, slot, order[at - 1])) {
    order[at] = order[at - 1]
    rankOf[order[at]] = at
    at--
  }
  while (at < size - 1 && precedes(scores, order[at + 1], slot)) {
    order[at] = order[at + 1]
    rankOf[order[at]] = at
    at++
  }
  order[at] = slot
  rankOf[slot] = at
}

function precedes(scores: Float64Array, a: number, b: number): boolean {
  return scores[a] > scores[b] || (scores[a] === scores[b] && a < b)
}
