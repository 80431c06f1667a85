import type { RecordedEpisodes } from '../../datasets/contract.ts'
import type { AutoReset } from '../../envs/contract.ts'
import type { Seating } from '../../seats/contract.ts'
import type { EpisodeSummary, TaskBatch } from '../contract.ts'
import type { RunningMoments } from '../returns/running-moments.ts'
import type { Range } from '../trainer/shards.ts'
import type { SavedLanes } from './saved-lanes.ts'

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
  /**
   * Where episodes go on from cycle to cycle: what this one begins from. `tasks` at the tasks' levels, `before` where the
   * last cycle left off, or what a cut holds. Absent: at the tasks' levels, and nothing of them stays.
   */
  readonly lanes?: 'tasks' | 'before' | SavedLanes
  /** What rewards are multiplied by before they are learned from; absent: taken as they are. */
  readonly rewardScale?: number
  /** Named policies that stand for students, as they are in this cycle. */
  readonly policies?: TaskBatch['policies']
  /** Index of its first task in the batch, where the episodes are to be recorded. */
  readonly record?: number
  /** Changes whenever the parameters do: tells a thread that its acting session is out of date. */
  readonly parametersVersion: number
  /** Gradient updates behind the parameters. */
  readonly studentVersion: number
}

export interface RolloutReport {
  /** Per task: one summary per episode and seat. */
  readonly episodes: readonly (readonly EpisodeSummary[])[]
  /** Whether any return solves a level. */
  readonly solvable: boolean
  readonly actMs: number
  readonly envMs: number
  readonly totalMs: number
  /** Where episodes go on from cycle to cycle. */
  readonly lanes?: LaneCounts
  /** Where observations or rewards are normalised by running statistics. */
  readonly moments?: ShardMoments
  /** Where the job asks for them. */
  readonly recorded?: RecordedEpisodes
}

/** What the student's agents saw and earned in a shard, for running statistics. */
export interface ShardMoments {
  /** By name of the observation. */
  readonly observations: Readonly<Record<string, RunningMoments>>
  /** Of the discounted return, step by step; one element. */
  readonly returns?: RunningMoments
}

export interface LaneCounts {
  /** Episodes that began in an earlier cycle. */
  readonly carried: number
  /** Levels on which an episode began. */
  readonly begun: number
}
