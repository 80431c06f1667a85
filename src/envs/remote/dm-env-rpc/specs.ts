import { actionDType, actionShape, choiceCounts } from '../../../core/action-space.ts'
import type { TensorSpec } from '../../../core/tensor.ts'
import type { dmEnvRpc } from '../../../wire/index.ts'
import type { EnvironmentSpec } from '../../contract.ts'
import { encodeDmSpec } from './tensors.ts'

/** The one action tensor. */
export const ACTION_ID = 1
export const REWARD = 'reward'
export const DISCOUNT = 'discount'

export interface NamedSpec {
  readonly id: number
  readonly name: string
  readonly spec: TensorSpec
}

/** Several agents are a leading axis, for one stream plays them all. */
const agentAxis = ({ agents }: EnvironmentSpec): readonly number[] => (agents === 1 ? [] : [agents])

/** Observations by id: those of the environment in the order of their names, then reward and discount. */
export function observationIds(of: EnvironmentSpec): readonly NamedSpec[] {
  const axis = agentAxis(of)
  const own = Object.keys(of.observations)
    .sort()
    .map((name) => [name, of.observations[name]] as const)
  const results = [
    [REWARD, { dtype: 'float32', shape: [] }],
    [DISCOUNT, { dtype: 'float32', shape: [], low: 0, high: 1 }],
  ] as const
  return [...own, ...results].map(([name, spec], i) => ({
    id: i + 1,
    name,
    spec: { ...spec, shape: [...axis, ...spec.shape] },
  }))
}

/** The protocol has one bound for all numbers of a tensor: where they differ it is the widest, and the world says more. */
export function actionSpec(of: EnvironmentSpec): TensorSpec {
  const { actions } = of
  const shape = [...agentAxis(of), ...actionShape(actions)]
  const dtype = actionDType(actions)
  if (actions.kind !== 'box')
    return { dtype, shape, low: 0, high: Math.max(...choiceCounts(actions)) - 1 }
  const [low, high] = [Math.min(...actions.low), Math.max(...actions.high)]
  return {
    dtype,
    shape,
    ...(Number.isFinite(low) ? { low } : {}),
    ...(Number.isFinite(high) ? { high } : {}),
  }
}

export function encodeSpecs(of: EnvironmentSpec): dmEnvRpc.v1.ActionObservationSpecs.$Properties {
  return {
    actions: { [ACTION_ID]: encodeDmSpec('action', actionSpec(of)) },
    observations: Object.fromEntries(
      observationIds(of).map(({ id, name, spec }) => [id, encodeDmSpec(name, spec)]),
    ),
  }
}
