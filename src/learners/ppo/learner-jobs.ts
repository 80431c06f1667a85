import type { Tensor } from '../../core/tensor.ts'
import type { AutoReset, EnvironmentRef, EnvironmentSpec } from '../../envs/contract.ts'
import type { EpisodeSummary } from '../contract.ts'
import type { Moments } from './normalise.ts'
import type { PpoOptions } from './options.ts'
import type { Range } from './shards.ts'
import type { Trajectory } from './trajectory.ts'

/** Parameters, optimiser moments and the shards' gradients in shared memory, float32 `[P]` each. */
export interface SharedModel {
  readonly parameters: Tensor<'float32'>
  readonly first: Tensor<'float32'>
  readonly second: Tensor<'float32'>
  readonly gradients: readonly Tensor<'float32'>[]
}

export interface LearnerSetup {
  readonly seed: number
  readonly slot: string
  readonly environment: EnvironmentRef
  readonly spec: EnvironmentSpec
  readonly options: PpoOptions
  readonly model: SharedModel
}

export interface TaskJob {
  readonly level: Uint8Array
  readonly seed: number
}

/** Plays the columns of `range`; `tasks[i]` is column `range.from + i`. */
export interface RolloutJob {
  readonly cycle: number
  readonly range: Range
  readonly tasks: readonly TaskJob[]
  readonly autoReset: AutoReset
  /** Changes whenever the parameters do: tells a thread that its acting session is out of date. */
  readonly parametersVersion: number
  /** Gradient updates behind the parameters. */
  readonly studentVersion: number
}

export interface RolloutReport {
  /** Per column of the range. */
  readonly episodes: readonly (readonly EpisodeSummary[])[]
  readonly actMs: number
  readonly envMs: number
  readonly totalMs: number
}

/** Computes the gradient of one shard of a minibatch into `model.gradients[shard]`. */
export interface GradientJob {
  readonly shard: number
  readonly columns: readonly number[]
  readonly moments: Moments
  /** 1/Σ weights and 1/steps of the whole minibatch. */
  readonly keptScale: number
  readonly allScale: number
}

export interface GradientReport {
  /** Loss terms of the shard, in the order of `LOSS_TERMS`. */
  readonly terms: readonly number[]
  readonly ortMs: number
}

export interface ApplyJob {
  /** Named in errors. */
  readonly cycle: number
  /** How many of `model.gradients` this minibatch has. */
  readonly shards: number
  readonly learningRate: number
  /** 1-based count of optimiser steps, for the bias corrections. */
  readonly step: number
}

export interface ApplyReport {
  /** Global gradient norm before clipping. */
  readonly norm: number
  readonly ortMs: number
}

/** What a learner thread does, one call at a time. */
export interface LearnerApi {
  open(setup: LearnerSetup): Promise<void>
  /** Fills the parameters from the student's initial streams. */
  initialise(): Promise<void>
  attach(trajectory: Trajectory): Promise<void>
  rollout(job: RolloutJob): Promise<RolloutReport>
  gradient(job: GradientJob): Promise<GradientReport>
  /** @throws AgonError `learner/not-finite`; the parameters are then left as they were */
  apply(job: ApplyJob): Promise<ApplyReport>
  /** The acting graph with the present parameters. */
  exportOnnx(): Promise<Uint8Array>
}
