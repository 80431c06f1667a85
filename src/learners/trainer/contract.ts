import type { ZodType } from 'zod'
import type { Snapshot } from '../../core/snapshot.ts'
import type { NamedTensors, Tensor, TensorSpec } from '../../core/tensor.ts'
import type { Metrics } from '../contract.ts'
import type { Value } from '../graph/graph.ts'
import type { Layout } from '../nets/segments.ts'

/**
 * What a learner is made of, whatever it learns from: an objective over named inputs, its parameters and its buffers.
 * The trainer differentiates the objective, cuts a batch into shards over threads, sums in a fixed order and steps Adam.
 */

/** A part of a batch: `columns` sequences of `steps` steps. Learners without time have one step. */
export interface ShardSize {
  readonly steps: number
  readonly columns: number
}

/** Values of a graph by name. */
export type Values = Readonly<Record<string, Value>>

export interface ObjectiveInputs {
  /** By segment name of the layout. */
  readonly parameters: Values
  /** By segment name of the buffers; no gradient flows into them. */
  readonly buffers: Values
  /** By the names of {@link Objective.inputs}. */
  readonly batch: Values
}

export interface ObjectiveOutputs {
  /** Scalars in the order of {@link Objective.terms}; the first is minimised. All just add over shards. */
  readonly terms: Values
  /** float32 `[S]`, summed over shards, for {@link Objective.settle}; absent where nothing is to settle. */
  readonly sums?: Value
}

/** A loss as a graph, before any engine exists. The same objective is compiled for every size of shard. */
export interface Objective {
  /** Trainable parameters: one flat vector of named segments. */
  readonly layout: Layout
  /** What is kept beside the parameters and no gradient moves: running statistics, codebooks, target networks. */
  readonly buffers?: Layout
  readonly terms: readonly string[]
  /** Whether a row takes so much memory that its gradient is computed without a plan of it. */
  readonly large?: boolean
  /** Every input of a shard, with all its axes. A name that the loss does not read is left out of the graph. */
  inputs(size: ShardSize): Readonly<Record<string, TensorSpec>>
  build(of: ObjectiveInputs, size: ShardSize): ObjectiveOutputs
  /**
   * What becomes of the buffers after an optimiser step, in place: flat vectors of {@link Objective.buffers}, of the
   * layout, and the sums of all shards.
   */
  settle?(buffers: Float32Array, parameters: Float32Array, sums: Float32Array): void
}

/** Parameters, buffers, Adam moments and the shards' results in shared memory. */
export interface SharedModel {
  /** float32 `[P]`, as are the moments and each shard's gradient. */
  readonly parameters: Tensor<'float32'>
  readonly first: Tensor<'float32'>
  readonly second: Tensor<'float32'>
  readonly gradients: readonly Tensor<'float32'>[]
  /** float32 `[Q]`; empty where the objective keeps none. */
  readonly buffers: Tensor<'float32'>
}

/** One optimiser step of all shards. */
export interface AdamJob {
  /** Named in errors. */
  readonly cycle: number
  /** How many of `model.gradients` this minibatch has. */
  readonly shards: number
  readonly learningRate: number
  /** 1-based count of optimiser steps, for the bias corrections. */
  readonly step: number
}

export interface AdamReport {
  /** Global gradient norm before clipping. */
  readonly norm: number
  readonly ortMs: number
}

export interface GradientReport {
  /** In the order of {@link Objective.terms}. */
  readonly terms: readonly number[]
  readonly sums: readonly number[]
  readonly ortMs: number
}

export interface AdamRule {
  readonly maxGradNorm: number
  readonly adamBeta1: number
  readonly adamBeta2: number
  readonly adamEpsilon: number
}

/** How a tensor of a batch lies: a value for every step, for every column, or one for all. */
export type BatchAxes = 'steps' | 'columns' | 'whole'

/** What a batch holds. `shape` stands behind the axes: `[T, B, …shape]`, `[B, …shape]` or `shape`. */
export type BatchSpec = Readonly<Record<string, TensorSpec & { readonly axes: BatchAxes }>>

/** What a module exports as `learner`: an objective over batches that somebody else makes. */
export interface LearnerDefinition<O> {
  readonly id: string
  readonly options: ZodType<O>
  batch(options: O): BatchSpec
  /** Inputs are those of the batch by the same names, and `batch/share` (a scalar, 1/(T·B) of the whole batch) for means. */
  objective(options: O): Objective
  rule(options: O): AdamRule & {
    readonly learningRate: number
    /** Multipliers by parameter group or segment; 0 freezes. */
    readonly groups: Readonly<Record<string, number>>
  }
}

/** A learner over batches, on threads of its own. One call at a time. */
export interface Learner {
  readonly batch: BatchSpec
  readonly parameterCount: number
  /**
   * One optimiser step on the whole batch.
   * @param options.learningRate in place of the rule's, for schedules
   * @returns the objective's terms and `grad_norm`
   * @throws AgonError `learner/batch` naming a tensor that does not fit, `learner/not-finite` before anything changed
   */
  update(batch: NamedTensors, options?: { readonly learningRate?: number }): Promise<Metrics>
  /** Parameters and buffers by segment name: copies. */
  tensors(): NamedTensors
  snapshot(): Promise<Snapshot>
  /** @throws AgonError `snapshot/foreign` */
  restore(snapshot: Snapshot): Promise<void>
  /** Rejects as soon as one of its threads dies; never resolves. */
  readonly lost: Promise<never>
  close(): Promise<void>
}
