import { sharedTensor } from '../../core/tensor.ts'
import type { Objective, SharedModel } from './contract.ts'

/** Zeros in shared memory for the vectors of a model and the gradients of `shards` shards. */
export function allocateModel(
  { layout, buffers }: Pick<Objective, 'layout' | 'buffers'>,
  shards: number,
): SharedModel {
  const vector = () => sharedTensor('float32', [layout.size])
  return {
    parameters: vector(),
    first: vector(),
    second: vector(),
    gradients: Array.from({ length: shards }, vector),
    buffers: sharedTensor('float32', [buffers?.size ?? 0]),
  }
}
