import type { AutoReset } from '../../envs/contract.ts'
import type { Seating } from '../../seats/contract.ts'
import type { EpisodeSummary, TaskBatch } from '../contract.ts'
import type { Range } from '../trainer/shards.ts'

export interface TaskJob {
  readonly level: Uint8Array
  readonly seed: number
  /** Who sits in seats that are not the student's. */
  readonly seating?: Seating
}

/** Plays the columns of `range`; `tasks[i]` has the columns of its agents, from `range.from + i·agents` on. */
export interface RolloutJob {
  readonly cycle: number
  readonly range: Range
  readonly tasks: readonly TaskJob[]
  readonly autoReset: AutoReset
  /** Named policies that stand for students, as they are in this cycle. */
  readonly policies?: TaskBatch['policies']
  /** Changes whenever the parameters do: tells a thread that its acting session is out of date. */
  readonly parametersVersion: number
  /** Gradient updates behind the parameters. */
  readonly studentVersion: number
}

export interface RolloutReport {
  /** Per task: one summary per episode and seat. */
  readonly episodes: readonly (readonly EpisodeSummary[])[]
  readonly actMs: number
  readonly envMs: number
  readonly totalMs: number
}
