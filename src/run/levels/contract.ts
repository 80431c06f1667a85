import type { AutoReset } from '../../envs/contract.ts'

/**
 * A row of `levels.jsonl`: what one cycle was played on. Levels are numbered in the order in which they first stand in the file;
 * `new` has the canonical bytes of those that stand here first, from number `first` on.
 */
export interface LevelRow {
  readonly cycle: number
  /** Gradient updates of the run after the cycle. */
  readonly updates: number
  readonly first: number
  /** Base64. */
  readonly new: readonly string[]
  /** Where the run has stages. */
  readonly stage?: string
  readonly slots: Readonly<Record<string, SlotLevels>>
  /** What changed of the levels that the adversary keeps, by archive; absent where it keeps none. */
  readonly archives?: Readonly<Record<string, ArchiveRow>>
}

/** A value for each task, in their order; one value alone: of all of them. */
export type Column<T extends string | number | boolean | null> = T | readonly T[]

/** The tasks of a slot, a column for each thing that is told of them. */
export interface SlotLevels {
  /** Gradient updates that the slot's student made of them. */
  readonly updates: number
  /** `next-level`: episodes after the first of a task are on levels that its student drew, which are not here. */
  readonly reset: AutoReset
  /** Numbers of the levels. */
  readonly level: readonly number[]
  /** Under which the adversary keeps or names it; null: under none. Absent where that is so of all. */
  readonly id?: Column<string | null>
  /** `generate`, `replay`, `build`, or the operator of an edit. */
  readonly operator: Column<string>
  /** Ids; absent where there are none. */
  readonly parents?: readonly (readonly string[])[]
  /** Absent where all are 0. */
  readonly generation?: Column<number>
  /** Whether gradients may be taken. */
  readonly train: Column<boolean>
  readonly seed: readonly number[]
  /** Absent where all are 0. */
  readonly repeat?: Column<number>
  /** False where an episode of an earlier cycle was still under way. Absent where all are true. */
  readonly attempted?: Column<boolean>
  /** Finished episodes on the level. */
  readonly episodes: Column<number>
  /** Their mean return; null where there are none. */
  readonly return: Column<number | null>
  /** How many of them solved it. */
  readonly solved: Column<number>
  /** Of all of them together. */
  readonly steps: Column<number>
  /** Name of the adversary's score, and what it came to; absent where it tells none. */
  readonly scored?: string
  readonly score?: Column<number | null>
}

export interface ArchiveRow {
  readonly scored: string
  /** Levels that are new in it or have another score now: an id alone where the score is that of the id's last task in the row. */
  readonly entries: readonly (string | readonly [id: string, score: number])[]
  readonly dropped: readonly string[]
  /** Levels in it after the cycle. */
  readonly size: number
}
