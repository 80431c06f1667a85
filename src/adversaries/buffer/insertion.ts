import type { Visit } from '../contract.ts'
import { type LevelBuffer, type LevelEntry, occupy, rescore } from './level-buffer.ts'
import { replayDistribution } from './sampling.ts'
import { advanceAges } from './staleness.ts'
import { keepVisits } from './visits.ts'

/** One attempted level with what came of it. */
export interface ScoredLevel extends LevelEntry {
  /** Drawn from the buffer, rather than generated or edited. */
  readonly replayed: boolean
  /** −∞ where no episode finished: then nothing changes. */
  readonly score: number
  /** Highest return of the level's finished episodes, under `running` also of earlier visits. */
  readonly maxReturn: number
  /** The last of them, this one included; absent where the rules keep none. */
  readonly visits?: readonly Visit[]
}

export interface InsertionReport {
  readonly inserted: number
  readonly updated: number
  /** Not good enough for the buffer, or a later duplicate in the batch, of which only the best return is kept. */
  readonly rejected: number
  /** Without a finished episode. */
  readonly unscored: number
}

type Verdict = keyof InsertionReport

/**
 * Takes a batch of attempted levels into the buffer, in order, with P formed anew for each:
 *
 * - A level that the buffer holds is updated: score overwritten, best return kept, age as `duplicateAge` says.
 * - Any other goes to the first empty entry, else to argmin P (the lowest entry of equals) if the insert rule lets it.
 * - A level that the buffer held when the batch began but whose entry an earlier one took must win that entry back
 *   by score (minimax).
 * - Under `batchDuplicates: drop` only the first of equal levels in a batch is scored (minimax); of later ones only the
 *   running best return counts, which is one over all visits. Under `update` they meet what the earlier ones left behind.
 */
export function takeBatch(buffer: LevelBuffer, batch: readonly ScoredLevel[]): InsertionReport {
  const report = { inserted: 0, updated: 0, rejected: 0, unscored: 0 }
  const homes = batch.map((level) => homeEntry(buffer, level))
  const repeats = laterDuplicates(buffer, batch)
  batch.forEach((level, i) => {
    const entry = repeats[i] ? NOWHERE : entryFor(buffer, level, homes[i])
    // As in JaxUED: the entry is chosen by the ages before the level, which then counts as a draw, taken or not.
    if (!level.replayed && buffer.rules.newLevelAging === 'insert') advanceAges(buffer, 1)
    if (repeats[i]) keepBestReturn(buffer, level)
    report[repeats[i] ? 'rejected' : takeLevel(buffer, level, entry)]++
  })
  return report
}

/** Slot that the level had when the batch began, or −1. */
function homeEntry(buffer: LevelBuffer, level: ScoredLevel): number {
  if (level.replayed) return buffer.entryOfSerial.get(level.serial) ?? -1
  const byKey = buffer.rules.unique && buffer.rules.batchDuplicates === 'drop'
  return byKey ? (buffer.entryOfKey.get(level.key) ?? -1) : -1
}

function laterDuplicates(buffer: LevelBuffer, batch: readonly ScoredLevel[]): readonly boolean[] {
  const seen = new Set<string>()
  const drop = buffer.rules.unique && buffer.rules.batchDuplicates === 'drop'
  return batch.map(({ key }) => {
    const repeat = drop && seen.has(key)
    seen.add(key)
    return repeat
  })
}

const NOWHERE = -1

/** Where the level is, must be won back, or would be inserted. */
function entryFor(buffer: LevelBuffer, level: ScoredLevel, home: number): number {
  if (!Number.isFinite(level.score)) return NOWHERE
  const held = heldEntry(buffer, level)
  if (held !== undefined) return held
  return home >= 0 ? home : insertionEntry(buffer)
}

const heldEntry = ({ rules, entryOfKey, entryOfSerial }: LevelBuffer, level: ScoredLevel) =>
  rules.unique ? entryOfKey.get(level.key) : entryOfSerial.get(level.serial)

function takeLevel(buffer: LevelBuffer, level: ScoredLevel, entry: number): Verdict {
  if (entry === NOWHERE) return 'unscored'
  if (heldEntry(buffer, level) !== undefined) {
    update(buffer, entry, level)
    return 'updated'
  }
  if (entry < buffer.size && !beats(buffer, level.score, entry)) return 'rejected'
  if (entry === buffer.size || buffer.rules.insertedAge === 'zero') buffer.ages[entry] = 0
  occupy(buffer, entry, level, level.score, level.maxReturn)
  keepVisits(buffer, entry, level.visits)
  return 'inserted'
}

function update(buffer: LevelBuffer, entry: number, level: ScoredLevel): void {
  rescore(buffer, entry, level.score)
  keepVisits(buffer, entry, level.visits)
  buffer.maxReturns[entry] =
    buffer.rules.maxReturns === 'last'
      ? level.maxReturn
      : Math.max(buffer.maxReturns[entry], level.maxReturn)
  if (!level.replayed && buffer.rules.duplicateAge === 'zero') buffer.ages[entry] = 0
}

function keepBestReturn(buffer: LevelBuffer, { key, maxReturn }: ScoredLevel): void {
  const entry = buffer.entryOfKey.get(key)
  if (entry !== undefined && buffer.rules.maxReturns === 'running')
    buffer.maxReturns[entry] = Math.max(buffer.maxReturns[entry], maxReturn)
}

function beats({ scores, rules }: LevelBuffer, score: number, entry: number): boolean {
  return rules.insertRule === '>=' ? score >= scores[entry] : score > scores[entry]
}

function insertionEntry(buffer: LevelBuffer): number {
  if (buffer.size < buffer.rules.capacity) return buffer.size
  const weights = replayDistribution(buffer)
  let lowest = 0
  for (let entry = 1; entry < buffer.size; entry++)
    if (weights[entry] < weights[lowest]) lowest = entry
  return lowest
}
