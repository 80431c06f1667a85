import type { ActionArray, ActionSpec } from '../core/action-space.ts'
import type { NamedTensors, Tensor, TensorSpec } from '../core/tensor.ts'
import type { TakenDevice } from './device.ts'
import type { DeviceChoice } from './device-choice.ts'

/**
 * A policy: named observations in, actions out. State and noise are explicit, so a policy is a function and a run is
 * reproducible. Backed by an ONNX session, a remote server, or a rule.
 */
export interface Policy {
  readonly card: PolicyCard
  /** Where its graph runs; undefined where that is not this machine's business. */
  readonly device?: TakenDevice
  /** What `device: auto` has measured. */
  readonly choice?: DeviceChoice
  /**
   * One step for `rows` rows. Inputs are only read during the call; results are owned by the policy and valid until
   * its next call.
   */
  act(batch: ActBatch): Promise<ActResult>
  /** Frees the session; the policy is of no use afterwards. */
  release(): Promise<void>
}

export interface ActBatch {
  readonly rows: number
  /** `[rows, …spec.shape]` each, by the names of the card. */
  readonly observations: NamedTensors
  /** `[rows, …shape]` each; the caller zeroes the rows whose episode starts. */
  readonly state: NamedTensors
  /**
   * float32 `[rows, choices]`, component after component: 1 where a choice may be made, 0 where it may not; at least one
   * of each component is 1. Needed by a policy whose card says `mask: true`; others never look at it.
   */
  readonly mask?: Tensor<'float32'>
  /** float32 `[rows]` or `[rows, n]`, one for each number of an action, uniform in [0, 1); decides what is sampled. */
  readonly noise: Tensor<'float32'>
}

export interface ActResult {
  /**
   * int32 `[rows]` or `[rows, n]`, float32 `[rows, n]` where actions are real numbers. Those may lie outside the bounds:
   * whoever steps an environment clips them.
   */
  readonly action: ActionArray
  /** float32 `[rows]`: log-probability of that action. */
  readonly logProb: Float32Array
  /**
   * float32 `[rows, p]`, the parameters of the distribution: the logits of every choice, component after component; of
   * real numbers the means, then the logarithms of the standard deviations; with `distribution: beta` every α, then every β.
   */
  readonly logits: Float32Array
  /** float32 `[rows]`; absent where the policy has no critic. */
  readonly value?: Float32Array
  /** The next state, same names and shapes as the batch's. */
  readonly state: NamedTensors
}

/**
 * `policy.yaml`, which stands beside every `policy.onnx`. The ONNX graph has the inputs
 * `<observation>` …, `<state>` …, `noise`, `mask` and the outputs `action`, `log_prob`, `logits`, `value`,
 * `<state>_out` …. A graph that gives logits alone is decoded outside.
 */
export interface PolicyCard {
  readonly format: 1
  readonly agon: string
  readonly environment: { readonly id: string; readonly profile: string }
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
  /** Recurrent state, per row; starts as zeros. */
  readonly state: Readonly<Record<string, TensorSpec>>
  /** How the parameters become an action: drawn with `noise`, or the likeliest. */
  readonly decode: 'sample' | 'argmax'
  /** Of real numbers, where they are not drawn from normals. */
  readonly distribution?: 'beta'
  /** Whether the graph takes {@link ActBatch.mask}; absent means no. */
  readonly mask?: boolean
  /**
   * What a graph calls its inputs and outputs where that is not what it says above, such as `logits: masked_logits`;
   * such a graph may have outputs that nobody asks for.
   */
  readonly names?: Readonly<Record<string, string>>
  /** What the graph itself does to raw observations, for people: `image ÷ 10`. */
  readonly normalisation: Readonly<Record<string, string>>
  /** Running statistics that it was trained with; those of observations are in the graph. */
  readonly statistics?: {
    /** By observation, element by element in row-major order. */
    readonly observations?: Readonly<Record<string, RunningStatistics>>
    /** One element: what rewards were divided by the deviation of. */
    readonly discountedReturn?: RunningStatistics
  }
  /** Where it comes from; no paths, no names of machines. */
  readonly training: Readonly<Record<string, string | number>>
}

export interface RunningStatistics {
  /** Rows seen. */
  readonly count: number
  readonly mean: readonly number[]
  /** Of the population. */
  readonly variance: readonly number[]
}

/** A policy as bytes: what students export, cuts keep and evaluators measure. */
export interface PolicyFile {
  readonly onnx: Uint8Array
  readonly card: PolicyCard
}

/** How a policy is made worse than it is, in a known order. Plain data. */
export interface Weakness {
  /** Actions are drawn from softmax(logits / temperature), above 0, whatever the card's decode. */
  readonly temperature?: number
  /** The share of actions, 0 … 1, that are any allowed one alike. */
  readonly epsilon?: number
}
