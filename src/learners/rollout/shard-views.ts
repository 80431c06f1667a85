import type { ActionArray } from '../../core/action-space.ts'
import { elementCount, type Tensor, type TypedArray, typedArray } from '../../core/tensor.ts'
import type { Environment, EnvironmentSpec, StepBuffers } from '../../envs/contract.ts'
import type { Range } from '../trainer/shards.ts'
import type { Trajectory } from './trajectory.ts'

/** Views of one time step of one shard; the same memory as the trajectory. */
export interface StepView {
  readonly observations: Readonly<Record<string, TypedArray>>
  readonly actions: ActionArray
  readonly logProb: Float32Array
  readonly values: Float32Array
  readonly dones: Uint8Array
  /** What follows where an episode was cut; absent where a cut is an end. */
  readonly finalValues?: Float32Array
  /** `[rows, 3]`; absent where nobody asks how undecided the policy was. */
  readonly uncertainty?: Float32Array
  /** `[rows, critics]`; absent where there is but one. */
  readonly critics?: Float32Array
  /** 1 where the step may train. */
  readonly weights: Float32Array
  /** What the environment's step writes: this step's reward and flags, the next observation. */
  readonly buffers: StepBuffers
}

export interface ShardViews {
  readonly steps: readonly StepView[]
  /** After the last step: what its value is computed from, and where it goes. */
  readonly last: Pick<StepView, 'observations' | 'values'>
  /** What every step is lent for what is seen last of episodes that it cuts; absent where a cut is an end. */
  readonly finals?: Readonly<Record<string, TypedArray>>
}

type ViewedEnvironment = Pick<Environment<unknown>, 'givesDepartures'> & {
  readonly spec: Pick<EnvironmentSpec, 'observations'>
}

/** All step views of columns `range`, made once so that a rollout allocates none. */
export function shardViews(
  of: Trajectory,
  range: Range,
  { spec, givesDepartures }: ViewedEnvironment,
): ShardViews {
  const row = <D extends TypedArray>(source: Tensor & { readonly data: D }, t: number): D => {
    const width = elementCount(source.shape.slice(2))
    const from = (t * of.capacity + range.from) * width
    return source.data.subarray(from, from + (range.to - range.from) * width) as D
  }
  const observations = Array.from({ length: of.steps + 1 }, (_, t) =>
    Object.fromEntries(
      Object.entries(of.observations).map(([name, source]) => [name, row(source, t)]),
    ),
  )
  const { finalValues, uncertainty, critics } = of
  const rows = range.to - range.from
  const finals =
    finalValues === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(spec.observations).map(([name, { dtype, shape }]) => [
            name,
            typedArray(dtype, rows * elementCount(shape)),
          ]),
        )
  const departed =
    finals !== undefined && givesDepartures === true ? { departed: new Uint8Array(rows) } : {}
  const steps = Array.from({ length: of.steps }, (_, t) => ({
    observations: observations[t],
    actions: row<ActionArray>(of.actions as Tensor & { readonly data: ActionArray }, t),
    logProb: row(of.logProb, t),
    values: row(of.values, t),
    dones: row(of.dones, t),
    weights: row(of.weights, t),
    ...(finalValues === undefined ? {} : { finalValues: row(finalValues, t) }),
    ...(uncertainty === undefined ? {} : { uncertainty: row(uncertainty, t) }),
    ...(critics === undefined ? {} : { critics: row(critics, t) }),
    buffers: {
      observations: observations[t + 1],
      rewards: row(of.rewards, t),
      terminated: row(of.terminated, t),
      truncated: row(of.truncated, t),
      ...(finals === undefined ? {} : { finals }),
      ...departed,
    },
  }))
  return {
    steps,
    last: { observations: observations[of.steps], values: row(of.values, of.steps) },
    ...(finals === undefined ? {} : { finals }),
  }
}
