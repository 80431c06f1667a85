import { elementCount, type Tensor, type TypedArray, tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { Network } from '../nets/index.ts'
import type { GradientJob } from './learner-jobs.ts'
import type { Moments } from './normalise.ts'
import type { Trajectory } from './trajectory.ts'

/** Inputs and preallocated results of the gradient graph of `steps` × `columns`; ordinary memory. */
export interface GradientFeeds {
  readonly inputs: Readonly<Record<string, Tensor>>
  readonly outputs: { readonly gradient: Tensor<'float32'>; readonly terms: Tensor<'float32'> }
}

export function createGradientFeeds(
  spec: EnvironmentSpec,
  network: Network,
  steps: number,
  columns: number,
  terms: number,
): GradientFeeds {
  const count = steps * columns
  const inputs: Record<string, Tensor> = {
    'batch/parameters': tensor('float32', [network.layout.size]),
    'batch/kept_scale': tensor('float32', []),
    'batch/all_scale': tensor('float32', []),
    'batch/action': tensor('int32', [count]),
  }
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    inputs[name] = tensor(dtype, [count, ...shape])
  for (const [name, { shape }] of Object.entries(network.state))
    inputs[name] = tensor('float32', [columns, ...shape])
  for (const name of ['old_log_prob', 'old_value', 'advantage', 'target', 'weight'])
    inputs[`batch/${name}`] = tensor('float32', [count])
  // A network without memory has no use for resets, and its graph no such input.
  if (Object.keys(network.state).length > 0)
    inputs['batch/reset'] = tensor('float32', [steps, columns])
  return {
    inputs,
    outputs: {
      gradient: tensor('float32', [network.layout.size]),
      terms: tensor('float32', [terms]),
    },
  }
}

/** Copies the columns' part of the trajectory into the feeds, advantages normalised on the way. */
export function loadGradientFeeds(feeds: GradientFeeds, from: Trajectory, job: GradientJob): void {
  const { inputs } = feeds
  const { columns } = job
  const { steps, capacity } = from
  for (const name in from.observations)
    gather(from.observations[name], inputs[name].data, steps, capacity, columns)
  for (const name in from.state) {
    const width = elementCount(from.state[name].shape.slice(1))
    columns.forEach((column, j) => {
      const row = from.state[name].data.subarray(column * width, (column + 1) * width)
      ;(inputs[name].data as Float32Array).set(row, j * width)
    })
  }
  const perStep: readonly (readonly [string, Tensor])[] = [
    ['batch/action', from.actions],
    ['batch/old_log_prob', from.logProb],
    ['batch/old_value', from.values],
    ['batch/advantage', from.advantages],
    ['batch/target', from.targets],
    ['batch/weight', from.weights],
  ]
  for (const [name, source] of perStep) gather(source, inputs[name].data, steps, capacity, columns)
  normalise(inputs['batch/advantage'].data as Float32Array, job.moments)
  if (inputs['batch/reset'] !== undefined)
    loadResets(
      inputs['batch/reset'].data as Float32Array,
      from.dones.data,
      steps,
      capacity,
      columns,
    )
  inputs['batch/kept_scale'].data[0] = job.keptScale
  inputs['batch/all_scale'].data[0] = job.allScale
}

/** `[T(+1), C, …w]` → `[T, columns, …w]`; consecutive columns are copied together. */
function gather(
  source: Tensor,
  out: TypedArray,
  steps: number,
  capacity: number,
  columns: readonly number[],
): void {
  const width = elementCount(source.shape.slice(2))
  const data = source.data as Float32Array
  const target = out as Float32Array
  for (let first = 0; first < columns.length; ) {
    let length = 1
    while (columns[first + length] === columns[first] + length) length++
    for (let t = 0; t < steps; t++) {
      const at = (t * capacity + columns[first]) * width
      target.set(data.subarray(at, at + length * width), (t * columns.length + first) * width)
    }
    first += length
  }
}

function normalise(advantage: Float32Array, { mean, scale }: Moments): void {
  for (let i = 0; i < advantage.length; i++) advantage[i] = (advantage[i] - mean) * scale
}

/** Step t resets where step t−1 was done; step 0 never: it starts from the stored carry. */
function loadResets(
  reset: Float32Array,
  dones: Uint8Array,
  steps: number,
  capacity: number,
  columns: readonly number[],
): void {
  reset.fill(0, 0, columns.length)
  for (let t = 1; t < steps; t++)
    for (let j = 0; j < columns.length; j++)
      reset[t * columns.length + j] = dones[(t - 1) * capacity + columns[j]]
}
