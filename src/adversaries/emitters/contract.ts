import type { LevelId } from '../../core/ids.ts'
import type { RandomStream } from '../../core/random.ts'
import type { Json } from '../../core/snapshot.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import type { LevelSpace } from '../../envs/contract.ts'
import type { AttemptStatus, EliteGrid } from '../grid/contract.ts'

/**
 * Where candidates come from: pure functions over a plain record `R`, asked for some and told in that order what became of
 * each. Every draw is from a stream that it is handed, so equal seeds give equal bits.
 */
export interface Emitter<R, L> {
  /** Its kind, and its number where there are several of a kind: `cma-me/2`. */
  readonly id: string
  init(): R
  /** Asked once before each `tell`; what an earlier `ask` gave is no longer valid. */
  ask(record: R, count: number, context: EmitterContext<L>): readonly Emission<L>[]
  /** @param results of all that the last `ask` gave, in its order */
  tell(record: R, results: readonly EmissionResult[], context: EmitterContext<L>): void
  /** Elites that it will name as parents, whether or not they still stand in the grid; absent: those of the grid alone. */
  holds?(record: R): readonly LevelId[]
  /** Between `tell` and the next `ask`. */
  snapshot(record: R): EmitterSnapshot
  /** @throws AgonError `snapshot/corrupt`, `snapshot/foreign` */
  restore(snapshot: EmitterSnapshot): R
}

export interface EmitterContext<L> {
  readonly levels: LevelSpace<L>
  readonly grid: EliteGrid
  /** The filled cells whose elites are its parents, in the order of their filling: all, or those of its reference. */
  readonly cells: readonly number[]
  readonly random: RandomStream
}

/** A candidate: a level, or a point of the genome. */
export type Emission<L> = {
  readonly parents: readonly LevelId[]
  readonly operator: string
} & (
  | { readonly level: L }
  /** Lent: of the emitter's own memory, until the next `ask`. */
  | { readonly vector: Float64Array }
)

export interface EmissionResult {
  readonly status: AttemptStatus
  /** Null where it was not scored. */
  readonly objective: number | null
  /** Objective minus that of the elite that was there before the batch; of a new cell, the objective itself. 0 where unscored. */
  readonly improvement: number
}

export interface EmitterSnapshot {
  readonly state: Json
  readonly tensors: NamedTensors
}
