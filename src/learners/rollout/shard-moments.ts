import { elementCount } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { ownSeats } from '../../seats/check-seating.ts'
import { addRow, emptyMoments } from '../returns/running-moments.ts'
import type { RolloutJob, ShardMoments } from './rollout-job.ts'
import type { Trajectory } from './trajectory.ts'

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
