import { BYTES_PER_ELEMENT, elementCount } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { StepCost } from '../contract.ts'
import type { PpoOptions } from './options.ts'
import { ppoNetwork } from './ppo-network.ts'

/** What a step takes, for estimates. */
export function stepCost(options: PpoOptions, spec: EnvironmentSpec): StepCost {
  const { cost, layout } = ppoNetwork(options, spec)
  const rest = layout.size - cost.encoderParameters
  const observed = Object.values(spec.observations).map(
    ({ dtype, shape }) => elementCount(shape) * BYTES_PER_ELEMENT[dtype],
  )
  return {
    flops: cost.encoderFlops + 2 * rest,
    encoderBytes: 4 * cost.encoderValues,
    otherParameters: rest,
    observationBytes: observed.reduce((sum, bytes) => sum + bytes, 0),
    minibatches: options.ppo.minibatches,
    shards: options.shards,
  }
}
