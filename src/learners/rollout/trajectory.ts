import { actionDType, actionShape } from '../../core/action-space.ts'
import { elementCount, sharedTensor, type Tensor, type TensorSpec } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { UNCERTAINTY_WIDTH } from '../returns/uncertainty.ts'
import type { Range } from '../trainer/shards.ts'

/**
 * One rollout of all columns in shared memory, time-major. Every thread may compute any shard of it; a shard writes
 * only its own columns. Lent to environments (rewards, flags, observations) and copied at the session's border.
 */
export interface Trajectory {
  readonly steps: number
  /** Columns allocated: the stride of a time step. A cycle may use fewer. */
  readonly capacity: number
  /** `[T + 1, C, …shape]`; row T is the observation after the last step. */
  readonly observations: Readonly<Record<string, Tensor>>
  /** Carry before step 0, `[C, …shape]`. */
  readonly state: Readonly<Record<string, Tensor<'float32'>>>
  /** `[T, C]` each, unless noted. */
  readonly rewards: Tensor<'float32'>
  readonly terminated: Tensor<'uint8'>
  readonly truncated: Tensor<'uint8'>
  /** Terminated or truncated. */
  readonly dones: Tensor<'uint8'>
  /** What the policy chose, before any clipping: `[T, C]` or `[T, C, n]`. */
  readonly actions: Tensor<'int32'> | Tensor<'float32'>
  readonly logProb: Tensor<'float32'>
  /** `[T + 1, C]`. */
  readonly values: Tensor<'float32'>
  /** What the last observation of an episode that was cut is worth, 0 elsewhere. Absent where a cut is an end. */
  readonly finalValues?: Tensor<'float32'>
  /** `[T, C, 3]`: how undecided the policy was. Absent where nobody asks. */
  readonly uncertainty?: Tensor<'float32'>
  /** `[T, C, critics]`: what each critic says, of which `values` is the mean. Absent where there is but one. */
  readonly critics?: Tensor<'float32'>
  readonly advantages: Tensor<'float32'>
  readonly targets: Tensor<'float32'>
  /** 1 where the step may train, else 0. */
  readonly weights: Tensor<'float32'>
}

/**
 * @param finals whether with the values of what is seen last of episodes that are cut
 * @param uncertainty whether with how undecided the policy was
 * @param critics how many there are
 */
export function allocateTrajectory(
  spec: EnvironmentSpec,
  state: Readonly<Record<string, TensorSpec>>,
  steps: number,
  capacity: number,
  finals = false,
  uncertainty = false,
  critics = 1,
): Trajectory {
  const plane = [steps, capacity]
  const observations: Record<string, Tensor> = {}
  for (const [name, { dtype, shape }] of Object.entries(spec.observations))
    observations[name] = sharedTensor(dtype, [steps + 1, capacity, ...shape])
  const carry: Record<string, Tensor<'float32'>> = {}
  for (const [name, { shape }] of Object.entries(state))
    carry[name] = sharedTensor('float32', [capacity, ...shape])
  return {
    steps,
    capacity,
    observations,
    state: carry,
    rewards: sharedTensor('float32', plane),
    terminated: sharedTensor('uint8', plane),
    truncated: sharedTensor('uint8', plane),
    dones: sharedTensor('uint8', plane),
    actions: sharedTensor(actionDType(spec.actions), [
      ...plane,
      ...actionShape(spec.actions),
    ]) as Trajectory['actions'],
    logProb: sharedTensor('float32', plane),
    values: sharedTensor('float32', [steps + 1, capacity]),
    ...(finals ? { finalValues: sharedTensor('float32', plane) } : {}),
    ...(uncertainty ? { uncertainty: sharedTensor('float32', [...plane, UNCERTAINTY_WIDTH]) } : {}),
    ...(critics > 1 ? { critics: sharedTensor('float32', [...plane, critics]) } : {}),
    advantages: sharedTensor('float32', plane),
    targets: sharedTensor('float32', plane),
    weights: sharedTensor('float32', plane),
  }
}

/** What the columns of `range` have before step 0: `carry` by name, `[columns, …shape]`, or zeros. */
export function putInitialState(
  { state }: Trajectory,
  { from, to }: Range,
  carry?: Readonly<Record<string, Float32Array>>,
): void {
  for (const [name, { data, shape }] of Object.entries(state)) {
    const width = elementCount(shape.slice(1))
    if (carry === undefined) data.fill(0, from * width, to * width)
    else data.set(carry[name], from * width)
  }
}
