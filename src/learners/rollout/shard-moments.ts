import { elementCount } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { ownSeats } from '../../seats/check-seating.ts'
import { addRow, emptyMoments } from '../returns/running-moments.ts'
import { presenceOf } from './presence.ts'
import type { RolloutJob, ShardMoments } from './rollout-job.ts'
import type { Trajectory } from './trajectory.ts'

/** Of all observations that agents who were there acted on, column by column; rows of several agents are one sample. */
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
  const presence = presenceOf(spec.observations)
  const present = presence && of.observations[presence].data
  return Object.fromEntries(
    names.map((name) => {
      const { data, shape } = of.observations[name]
      const width = elementCount(shape.slice(2))
      const moments = emptyMoments(width)
      for (const column of columns)
        for (let t = 0; t < of.steps; t++) {
          const at = t * of.capacity + column
          if (present?.[at] !== 0) addRow(moments, data as Float32Array, at * width)
        }
      return [name, moments]
    }),
  )
}
