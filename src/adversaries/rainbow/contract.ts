import type { LevelId, SlotId, TaskId } from '../../core/ids.ts'
import type { EliteGrid, PromptVerdict } from '../grid/contract.ts'
import type { CastVote } from './voting-contract.ts'

/** A rewriting search, as it stands between two cycles and inside one. */
export interface RainbowRecord {
  nextSerial: number
  /** Candidates so far: the first of them have the seeds as parents. */
  candidates: number
  readonly grid: EliteGrid
  /** Of the elite of each cell that has one. */
  readonly holders: Map<number, Holder>
  readonly generations: Map<LevelId, number>
  readonly counts: Counts
  /** Between `propose` and the end of `observe`. */
  pending: Pending | null
}

/** What a comparison needs of who stands in a cell. */
export interface Holder {
  readonly response: string
  /** What was answered to the level's clean text, where it has one. */
  readonly reference?: string
}

/** Since the search began. */
export interface Counts {
  filtered: number
  unusable: number
  invalid: number
  updates: number
  comparisons: number
  ties: number
  votes: number
  abstained: number
  /** Pairs of a vote in each order, and those that name the same place. */
  pairs: number
  flips: number
}

export interface Pending {
  readonly cycle: number
  readonly counts: Readonly<Record<SlotId, number>>
  /** How often candidates were drawn because all were dropped. */
  rounds: number
  /** In the order of their serials. */
  readonly candidates: Candidate[]
  /** By the key of an open question. */
  readonly open: Map<string, number>
}

export interface Candidate {
  readonly serial: number
  readonly parent: Parent
  /** The cell that it is rewritten towards. */
  readonly target: number
  /** The text after each rewriting, of each axis the last. */
  readonly stages: string[]
  /** Of the axis that is being rewritten for. */
  tries: number
  /** Null where the filter is off, or there was no text to begin with. */
  similarity: number | null
  level: Uint8Array
  descriptor: Readonly<Record<string, number | string>>
  cell: readonly number[] | null
  readonly seed: number
  slot: SlotId | null
  task: TaskId | null
  response: string
  reference: string | null
  /** Null: it is not scored yet, or it is no valid prompt. */
  fitness: number | null
  oracle: string | null
  votes: CastVote[]
  retried: boolean
  /** Votes that are being waited for. */
  waiting: number
  verdict: PromptVerdict | null
  replaced: LevelId | null
}

export interface Parent {
  readonly text: string
  /** The attempt that put it there, or the seed's own name; null: written from nothing. */
  readonly id: LevelId | null
  readonly seed: string | null
  /** Its cell; −1 where it has none. */
  readonly cell: number
  readonly descriptor: Readonly<Record<string, number | string>>
}
