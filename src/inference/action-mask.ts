import type { TensorSpec } from '../core/tensor.ts'

/** The observation by which an environment says what may be chosen: 1 where an action is allowed, at least one of a row. */
export const MASK = 'mask'

/**
 * The name of the observation that masks the actions, or undefined: one called `mask` of a float32 for each action.
 * Another tensor of that name is an observation like any other.
 */
export function actionMask({
  observations,
  actions,
}: {
  readonly observations: Readonly<Record<string, TensorSpec>>
  readonly actions: { readonly count: number }
}): string | undefined {
  const spec = Object.hasOwn(observations, MASK) ? observations[MASK] : undefined
  const fits =
    spec?.dtype === 'float32' && spec.shape.length === 1 && spec.shape[0] === actions.count
  return fits ? MASK : undefined
}
