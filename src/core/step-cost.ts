/** What one environment step takes of who learns from it. */
export interface StepCost {
  /** Floating-point operations of a forward pass. */
  readonly flops: number
  /** What the gradient of the encoders holds at its peak. */
  readonly encoderBytes: number
  /** Parameters behind the encoders. */
  readonly otherParameters: number
  /** Of the observations, as the environment gives them. */
  readonly observationBytes: number
  /** Parts into which a rollout is cut for optimiser steps, and those for gradients, of which each thread holds one. */
  readonly minibatches: number
  readonly shards: number
}
