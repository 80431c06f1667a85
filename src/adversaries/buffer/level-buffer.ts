import { hold, type Lineage, release, remember } from './lineage.ts'
import type { BufferRules } from './rules.ts'
import { emptyVisits, type VisitWindow } from './visits.ts'

/**
 * The archive of the PLR family: a plain record. All arrays are `[capacity]` and owned by the record; entries
 * 0 … size−1 are filled, in the order in which they were first taken, and an empty entry has score −∞.
 * The functions of `sampling.ts` and `insertion.ts` change it in place.
 */
export interface LevelBuffer {
  readonly rules: BufferRules
  size: number
  readonly scores: Float64Array
  /** Level draws since the entry's level was last sampled. */
  readonly ages: Int32Array
  /** Highest return ever seen on the level (undiscounted); −∞ before any. */
  readonly maxReturns: Float64Array
  /** Absent where the rules keep none. */
  readonly visits?: VisitWindow
  /** Edits between the level and its generated ancestor. */
  readonly generations: Int32Array
  /** Number of the entry's LevelId; −1 in an empty entry. */
  readonly serials: Int32Array
  /** `LevelSpace.key` of each filled entry. */
  readonly keys: string[]
  readonly entryOfSerial: Map<number, number>
  /** First entry of each key; complete only while `rules.unique`. */
  readonly entryOfKey: Map<string, number>
  readonly lineage: Lineage
  /** Filled entries by score, best first; ties go to the lower entry, so the order depends on the scores alone. */
  readonly order: Int32Array
  /** Position of each filled entry in `order`. */
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
    ...(rules.visits === undefined ? {} : { visits: emptyVisits(rules.visits) }),
    generations: new Int32Array(capacity),
    serials: new Int32Array(capacity).fill(-1),
    keys: [],
    entryOfSerial: new Map(),
    entryOfKey: new Map(),
    lineage: new Map(),
    order: new Int32Array(capacity),
    rankOf: new Int32Array(capacity),
    rankWeights,
    rankSums,
    weights: new Float64Array(capacity),
  }
}

/**
 * Puts a level into `entry`, which is the next empty one or loses what it holds. The age is the caller's business.
 */
export function occupy(
  buffer: LevelBuffer,
  entry: number,
  placed: LevelEntry,
  score: number,
  maxReturn: number,
): void {
  // The new level is held before the old one goes: the old one may be its ancestor.
  remember(buffer.lineage, placed)
  hold(buffer.lineage, placed.serial)
  if (entry === buffer.size) {
    buffer.order[entry] = entry
    buffer.rankOf[entry] = entry
    buffer.size++
  } else vacate(buffer, entry)
  buffer.serials[entry] = placed.serial
  buffer.generations[entry] = placed.generation
  buffer.maxReturns[entry] = maxReturn
  buffer.keys[entry] = placed.key
  buffer.entryOfSerial.set(placed.serial, entry)
  buffer.entryOfKey.set(placed.key, entry)
  rescore(buffer, entry, score)
}

function vacate(buffer: LevelBuffer, entry: number): void {
  const serial = buffer.serials[entry]
  const key = buffer.keys[entry]
  buffer.entryOfSerial.delete(serial)
  if (buffer.entryOfKey.get(key) === entry) buffer.entryOfKey.delete(key)
  release(buffer.lineage, serial)
}

/** Sets a filled entry's score and moves it to its place in the order. */
export function rescore(buffer: LevelBuffer, entry: number, score: number): void {
  const { scores, order, rankOf, size } = buffer
  scores[entry] = score
  let at = rankOf[entry]
  while (at > 0 && precedes(scores, entry, order[at - 1])) {
    order[at] = order[at - 1]
    rankOf[order[at]] = at
    at--
  }
  while (at < size - 1 && precedes(scores, order[at + 1], entry)) {
    order[at] = order[at + 1]
    rankOf[order[at]] = at
    at++
  }
  order[at] = entry
  rankOf[entry] = at
}

function precedes(scores: Float64Array, a: number, b: number): boolean {
  return scores[a] > scores[b] || (scores[a] === scores[b] && a < b)
}
