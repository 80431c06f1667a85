import type { TensorSpec } from '../../core/tensor.ts'

/**
 * The observation by which an environment of several agents says who is there: 1, or 0 of an agent that has left its episode or has
 * yet to come. What its rows do then is not learned from.
 */
export const PRESENT = 'present'

/** Its name, or undefined: one called `present` of one float32. Another tensor of that name is an observation like any other. */
export function presenceOf(observations: Readonly<Record<string, TensorSpec>>): string | undefined {
  const spec = Object.hasOwn(observations, PRESENT) ? observations[PRESENT] : undefined
  const fits = spec?.dtype === 'float32' && spec.shape.length === 1 && spec.shape[0] === 1
  return fits ? PRESENT : undefined
}
