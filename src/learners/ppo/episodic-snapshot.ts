import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { type NamedTensors, type Tensor, tensor } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { Network } from '../nets/index.ts'
import { allocateTrajectory, type Trajectory } from '../rollout/trajectory.ts'
import { gatherColumns } from '../trainer/gather-columns.ts'

/** Episodes that were played and not learned from yet. */
export interface Pending {
  readonly round: number
  readonly count: number
}

interface Size {
  readonly spec: EnvironmentSpec
  readonly state: Network['state']
  readonly steps: number
}

/** What learning needs of episodes that were played, by the names of a snapshot; all else follows from it. */
const kept = (of: Trajectory): readonly (readonly [string, Tensor])[] => [
  ...Object.entries(of.observations).map(
    ([name, source]) => [`pending/observation/${name}`, source] as const,
  ),
  ['pending/actions', of.actions],
  ['pending/log_prob', of.logProb],
  ['pending/values', of.values],
]

/** The first `count` columns, `[T(+1), count, …]`. */
export function playedTensors(of: Trajectory, count: number): NamedTensors {
  const columns = Array.from({ length: count }, (_, column) => column)
  return Object.fromEntries(
    kept(of).map(([name, source]) => {
      const [steps, , ...shape] = source.shape
      const copy = tensor(source.dtype, [steps, count, ...shape])
      gatherColumns(source, copy.data, steps, columns)
      return [name, copy]
    }),
  )
}

/**
 * Episodes that wait for their rewards, as a snapshot holds them; null where none do.
 * @throws AgonError `snapshot/foreign`
 */
export function playedFrom(
  { state, tensors }: Snapshot,
  { spec, state: carry, steps }: Size,
): { readonly pending: Pending; readonly trajectory: Trajectory } | null {
  const pending = (state as { readonly pending?: Pending } | null)?.pending
  if (pending === undefined) return null
  const { round, count } = pending
  const trajectory = allocateTrajectory(spec, carry, steps, count)
  for (const [name, into] of kept(trajectory)) {
    const found = tensors[name]
    if (found?.dtype !== into.dtype || found.data.length !== into.data.length)
      throw new AgonError(
        'snapshot/foreign',
        `the snapshot's '${name}' is not of ${count} episodes of ${steps} steps`,
        { remedy: 'resume with the options of the run that wrote it' },
      )
    ;(into.data as Float32Array).set(found.data as Float32Array)
  }
  trajectory.dones.data.fill(1, (steps - 1) * count)
  trajectory.weights.data.fill(1)
  return { pending: { round, count }, trajectory }
}
