import type { LevelId, SlotId, TaskId } from '../../core/ids.ts'
import type { Seating } from '../../seats/contract.ts'

/**
 * A grid of elites: of all levels that were attempted, the best one of each kind. Axes say what kinds there are; a cell is one
 * kind; what stands in it is its elite.
 */

/**
 * An axis of the grid. Its name is that of a level feature (`ball_x`, `n_walls`), of a number of the genome (`ball x`), or
 * `reference`: the policy that a candidate is measured against.
 */
export type Axis = NumberAxis | CategoryAxis

export interface NumberAxis {
  readonly kind: 'number'
  readonly name: string
  readonly low: number
  /** Above `low`. */
  readonly high: number
  /** Bins of equal width, each with its lower end; values outside are put into the nearest. */
  readonly bins: number
}

export interface CategoryAxis {
  readonly kind: 'category'
  readonly name: string
  /** One cell for each. A level with another value is put nowhere. */
  readonly values: readonly string[]
}

/** What a search fills, as its config alone says. */
export interface GridSpec {
  readonly axes: readonly Axis[]
  /** What is to be large, for people: `cross-play`, `max-mc`. */
  readonly objective: string
  /** Taken from each elite's objective before these are summed to the QD score: the least that an objective can be. */
  readonly offset: number
}

/** The elite of a cell. */
export interface Elite {
  /** Of the attempt that put it there. */
  readonly id: LevelId
  readonly level: Uint8Array
  /** Finite. */
  readonly objective: number
  readonly operator: string
  readonly parents: readonly LevelId[]
}

/** Cells in row-major order of their indices: the last axis moves fastest. */
export interface EliteGrid {
  readonly axes: readonly Axis[]
  /** Cells along each axis. */
  readonly shape: readonly number[]
  /** float64 `[cells]`; −∞ where a cell is empty. */
  readonly objectives: Float64Array
  /** By cell. */
  readonly elites: (Elite | undefined)[]
  /** The cells that have an elite, in the order in which they got their first. */
  readonly filled: number[]
}

/** A grid in numbers. */
export interface GridFigures {
  /** Cells that have an elite. */
  readonly cells: number
  /** Their share. */
  readonly coverage: number
  /** Σ (objective − offset) over elites. */
  readonly qdScore: number
  /** Of the elites' objectives; absent where there are none. */
  readonly mean?: number
  readonly max?: number
}

/**
 * What became of a candidate: the first elite of its cell, better than the elite that was there, not better, or without an objective
 * or a cell.
 */
export type AttemptStatus = 'new' | 'better' | 'kept-out' | 'unscored'

/** What came of one candidate: one line of `history.jsonl`. The grid is the fold of these in their order. */
export interface Attempt {
  /** As the search counts them, unique in the run; that of the level's own tasks, in their lineage. */
  readonly id: LevelId
  /** Canonical bytes. */
  readonly level: Uint8Array
  /** Which emitter made it: `random`, `cma-me/2`. */
  readonly emitter: string
  /** `generate`, `gaussian`, or the level space's own name of what was done. */
  readonly operator: string
  readonly parents: readonly LevelId[]
  /** By name of an axis; numbers are finite. An axis that the level says nothing of is absent. */
  readonly descriptor: Readonly<Record<string, number | string>>
  /** Index on each axis; null where the descriptor is in no cell. */
  readonly cell: readonly number[] | null
  /** Finite; null where nothing finished, or where the signal says nothing of the level. */
  readonly objective: number | null
  /** What the objective was made of, finite: `{ cross_play: 0.5, self_play: -0.25 }`. */
  readonly values: Readonly<Record<string, number>>
  readonly status: AttemptStatus
  /** In the order in which they were given; enough to play it again. */
  readonly tasks: readonly AttemptTask[]
  /** Of a search that has texts rewritten, where a verdict decides, and not the objective, who stands in a cell. */
  readonly prompt?: PromptAttempt
}

/**
 * What became of a rewritten text: `first` in its cell or `replaced` who stood there, `kept-out` by the verdict; not attempted as it is
 * too like its parent (`filtered`) or no text at all (`unusable`); `invalid` as nobody can say what a right answer to it is.
 */
export type PromptVerdict = 'first' | 'replaced' | 'kept-out' | 'filtered' | 'unusable' | 'invalid'

/** How a text came about, and how it was judged. */
export interface PromptAttempt {
  /** The seed that it was rewritten from, where that is its parent. */
  readonly seed?: string
  /** Index on each axis of the cell that it was rewritten towards. */
  readonly target: readonly number[]
  /** The text after each rewriting, in the order of the axes. */
  readonly stages: readonly string[]
  /** BLEU against the parent, 0 … 1; absent where it was not compared. */
  readonly similarity?: number
  /** What the target answered; absent where it was not asked. */
  readonly response?: string
  /** What it answered to the clean text, where the level has one. */
  readonly reference?: string
  /** What the oracle answered, where one was asked. */
  readonly oracle?: string
  readonly votes: readonly PromptVote[]
  readonly verdict: PromptVerdict
  /** Whose place it took. */
  readonly replaced?: LevelId
}

/** One call of a judge. */
export interface PromptVote {
  /** Whether the candidate stood first in the question. */
  readonly candidateFirst: boolean
  /** Which of the two it named; `abstain`: neither, or nothing that can be read. */
  readonly ballot: 'first' | 'second' | 'abstain'
}

export interface AttemptTask {
  readonly task: TaskId
  readonly slot: SlotId
  readonly seed: number
  readonly repeat: number
  /** Who sat in which seat, where that was not the student everywhere. */
  readonly seating?: Seating
  /** Of the measured seat in the first episode; null where that did not finish. */
  readonly return: number | null
}
