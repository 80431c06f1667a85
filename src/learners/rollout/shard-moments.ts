import { elementCount } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { ownSeats } from '../../seats/check-seating.ts'
import { addRow, emptyMoments, type RunningMoments } from '../returns/running-moments.ts'
import type { RolloutJob } from './rollout-job.ts'
import type { Trajectory } from './trajectory.ts'

/** What the student's agents saw and earned in a shard, for running statistics. */
export interface ShardMoments {
  /** By name of the observation. */
  readonly observations: Readonly<Record<string, RunningMoments>>
  /** Of the discounted return, step by step; one element. */
  readonly returns?: RunningMoments
}

/** Of all observations that were acted on, column by column; rows of several agents are one sample. */
export function observationMoments(
  of: Trajectory,
  spec: EnvironmentSpec,
  { range, tasks }: Pick<RolloutJob, 'range' | 'tasks'>,
  names: readonly string[],
): ShardMoments['observations'] {
  const columns = tasks.flatMap(({ seating }, task) =>
    Object.values(ownSeats(spec, seating))
      .flat()
      .map((agent) => range.from + task * spec.agents + agent),
  )
  return Object.fromEntries(
    names.map((name) => {
      const { data, shape } = of.observations[name]
      const width = elementCount(shape.slice(2))
      const moments = emptyMoments(width)
      for (const column of columns)
        for (let t = 0; t < of.steps; t++)
          addRow(moments, data as Float32Array, (t * of.capacity + column) * width)
      return [name, moments]
    }),
  )
}
