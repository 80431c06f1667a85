import { type ActionSpec, choiceCounts, parameterWidth } from '../core/action-space.ts'
import type { TensorSpec } from '../core/tensor.ts'

/** The observation by which an environment says what may be chosen: 1 where a choice is allowed, at least one of each component. */
export const MASK = 'mask'

/**
 * The name of the observation that masks the actions, or undefined: one called `mask` of a float32 for each choice,
 * component after component. Another tensor of that name is an observation like any other, as is any where actions are
 * real numbers.
 */
export function actionMask({
  observations,
  actions,
}: {
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: ActionSpec
}): string | undefined {
  const spec = Object.hasOwn(observations, MASK) ? observations[MASK] : undefined
  if (choiceCounts(actions).length === 0) return undefined
  const fits =
    spec?.dtype === 'float32' &&
    spec.shape.length === 1 &&
    spec.shape[0] === parameterWidth(actions)
  return fits ? MASK : undefined
}
