import { elementCount, type Tensor } from '../../core/tensor.ts'
import type { Network } from '../nets/index.ts'
import type { Trajectory } from '../rollout/trajectory.ts'
import { gatherColumns } from '../trainer/gather-columns.ts'
import type { Feeds } from '../trainer/gradient-step.ts'
import type { Moments } from './normalise.ts'
import type { GradientJob } from './ppo-jobs.ts'

/**
 * Copies the columns' part of the trajectory into the feeds of the objective, advantages normalised on the way.
 * @param inputs what the graph calls each observation
 */
export function loadColumns(
  feeds: Feeds,
  inputs: Network['inputs'],
  from: Trajectory,
  job: GradientJob,
): void {
  const { columns } = job
  const { steps, capacity } = from
  const put = (name: string, source: Tensor): void => {
    if (name in feeds) gatherColumns(source, feeds[name].data, steps, columns)
  }
  for (const name in from.observations) put(inputs[name], from.observations[name])
  for (const name in from.state) {
    const width = elementCount(from.state[name].shape.slice(1))
    columns.forEach((column, j) => {
      const row = from.state[name].data.subarray(column * width, (column + 1) * width)
      ;(feeds[name].data as Float32Array).set(row, j * width)
    })
  }
  put('batch/action', from.actions)
  put('batch/old_log_prob', from.logProb)
  put('batch/old_value', from.values)
  if (from.critics !== undefined) put('batch/old_critics', from.critics)
  put('batch/advantage', from.advantages)
  put('batch/target', from.targets)
  put('batch/weight', from.weights)
  normalise(feeds['batch/advantage'].data as Float32Array, job.moments)
  // A network without memory has no use for resets, and its graph no such input.
  if ('batch/reset' in feeds)
    loadResets(feeds['batch/reset'].data as Float32Array, from.dones.data, steps, capacity, columns)
  feeds['batch/kept_scale'].data[0] = job.keptScale
  feeds['batch/all_scale'].data[0] = job.allScale
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
