import type { ZodType } from 'zod'
import type { LevelId, SlotId, TaskId } from '../core/ids.ts'
import type { RandomStream, StreamPath } from '../core/random.ts'
import type { Snapshot } from '../core/snapshot.ts'
import type { DatasetRef } from '../datasets/contract.ts'
import type { LevelSpace } from '../envs/contract.ts'
import type { Metrics, Outcome, StatisticName, TaskBatch } from '../learners/contract.ts'
import type { Answer, Ask } from '../services/contract.ts'
import type { Attempt, GridSpec } from './grid/contract.ts'

/**
 * An adversary is a set of pure functions over a plain record `R`: no clock, no threads, no messages, and every draw
 * from a stream it is handed. The adversary actor owns the record; functions may update its arrays in place and
 * return it. An adversary never looks inside a level.
 *
 * One cycle: `propose` for all slots at once, then `observe` once every slot has reported.
 * An adversary that needs others (a builder policy, a mutator, a judge) returns `requests`; the actor performs
 * them under their deterministic keys, journals each reply before its effect, and feeds it back through `reply`.
 */
export interface Adversary<R> {
  /** Statistics that outcomes must carry; a student without them is refused at the start, by name. */
  readonly needs: readonly StatisticName[]
  init(): R
  propose(record: R, request: ProposeRequest): Step<R>
  observe(record: R, request: ObserveRequest): Step<R>
  /**
   * The answer to a request, in the order of the requests, never of arrival. May ask again; once nothing asked is open, the phase is
   * over: in `propose` the last step must have given the batches.
   */
  reply?(record: R, key: string, answer: Answer, during: ReplyContext): Step<R>
  snapshot(record: R): Snapshot
  /** Probes of the environment that its batches may name; absent: none. A run whose student cannot is refused. */
  readonly probes?: readonly string[]
  /** @throws AgonError `snapshot/foreign` */
  restore(snapshot: Snapshot): R
  /** The levels worth showing to people, at most `limit`. */
  gallery(record: R, limit: number): readonly GalleryLevel[]
}

export interface ProposeRequest {
  readonly cycle: number
  /** What each slot asked for; the keys are the experiment's slots, sorted. */
  readonly counts: Readonly<Record<SlotId, number>>
  /** Streams of this (seed, adversary, cycle); name what the draw is for. */
  readonly random: (...purpose: StreamPath) => RandomStream
}

export interface ObserveRequest {
  readonly cycle: number
  /** Sorted by (slot, task, repeat), never by arrival; exactly those of this cycle's tasks. */
  readonly outcomes: readonly Outcome[]
  readonly random: (...purpose: StreamPath) => RandomStream
}

/** In which phase of which cycle an answer comes. */
export interface ReplyContext {
  readonly cycle: number
  readonly phase: 'propose' | 'observe'
  readonly random: (...purpose: StreamPath) => RandomStream
}

/** A question to a service of the run. Its key is deterministic, so that a journalled reply is never asked for (or paid) twice. */
export interface Request extends Ask {
  /** As the config names it. */
  readonly service: string
}

export interface Step<R> {
  readonly record: R
  /** From `propose`: one batch per slot. Slots may get equal or different tasks. */
  readonly batches?: readonly TaskBatch[]
  readonly requests?: readonly Request[]
  readonly metrics?: Metrics
  /** From `observe`: what it made of the levels, one report for each group of slots that share them. */
  readonly levels?: readonly LevelReport[]
  /** From `observe`: what came of the candidates of a search, in the order in which the grid took them in. */
  readonly attempts?: readonly Attempt[]
}

/** What an adversary made of a cycle's levels: for people who ask later; nothing in the run depends on it. */
export interface LevelReport {
  /** Whose tasks it is about. */
  readonly slots: readonly SlotId[]
  /** Id of the score: `max-mc`. */
  readonly score: string
  /** By task, of every slot; finite. Absent where no episode finished. */
  readonly scores: Readonly<Record<TaskId, number>>
  /** What the cycle changed of the levels it keeps; absent where it keeps none. */
  readonly archive?: ArchiveChange
}

/** One attempt of a level: when, and the mean return of who finished it. */
export interface Visit {
  readonly cycle: number
  readonly meanReturn: number
}

export interface ArchiveChange {
  /** `all`, or the slot whose archive it is; with its place, `all/1`, where there are several. */
  readonly name: string
  /** Levels that are new in it or have another score now; their tasks are among those of the cycle, or of an earlier one. */
  readonly entries: readonly { readonly id: LevelId; readonly score: number }[]
  readonly dropped: readonly LevelId[]
  /** Levels that it holds afterwards. */
  readonly size: number
}

/** Why a level is shown. */
export type GalleryReason = 'high-score' | 'low-score' | 'most-edited' | 'recent'

export interface GalleryLevel {
  readonly reason: GalleryReason
  readonly level: Uint8Array
  readonly score: number
  readonly id: string
  /** Ids from the level itself back to its generated ancestor, with the operator of each step. */
  readonly ancestry: readonly {
    readonly id: string
    readonly operator: string
    readonly level?: Uint8Array
  }[]
  readonly generation: number
}

export interface AdversaryContext<L> {
  readonly levels: LevelSpace<L>
  readonly slots: readonly SlotId[]
  /** Discount of the student, for scores that need it. */
  readonly discount?: number
  /** The bounds of one episode's return, where the environment knows them. */
  readonly returnRange?: readonly [number, number]
  /** Where a run is planned: the seats of the environment, and the names of the policies that tasks may seat there. */
  readonly seats?: readonly string[]
  readonly policies?: readonly string[]
  /**
   * What an earlier stage has left to this one, for a kind that says `readsDataset`. The files are there once `init` or
   * `restore` is called, not yet when it is made.
   */
  readonly dataset?: DatasetRef
}

/** Whom an adversary needs in a run beside students of any number and name. */
export interface AdversaryCast {
  /** The slots that equal students take where a config has one `student` for all; absent: `agent`. */
  readonly slots?: readonly SlotId[]
  /** Services by name, as a config would write them, where it names none of that name. */
  readonly services?: Readonly<Record<string, { readonly id: string }>>
  /** Why students in these slots will not do, or null. */
  slotFault?(slots: readonly SlotId[]): string | null
}

/** What a module exports as `adversary`. `options` is a zod object, every field described and defaulted. */
export interface AdversaryDefinition<O> {
  readonly id: string
  readonly options: ZodType<O>
  /**
   * Tasks a slot is given for a student that asks for `count` trainable tasks: parallel PLR gives 2·count.
   * Only for estimates and buffers.
   */
  tasksPerCycle(options: O, count: number): number
  /** Whether an episode that ends is followed by one on the same level, in all its batches; absent: not known, or not. */
  repeatsLevels?(options: O): boolean
  /** Share of cycles with a gradient update once warm, for estimates: robust PLR at p = 0.5 has 0.5. */
  trainShare(options: O): number
  /** What it will do otherwise than `options` ask, for a student of `count` tasks, each a sentence with asked and done. */
  notes?(options: O, count: number): readonly string[]
  /** Whether it makes use of a dataset. */
  readonly readsDataset?: true
  /** The grid that its attempts fill; absent, or null under these options: it keeps none. */
  grid?(options: O): GridSpec | null
  /** Whom it needs; absent: any student. */
  cast?(options: O): AdversaryCast
  create<L>(options: O, context: AdversaryContext<L>): Adversary<unknown>
}
