/** How advantages become unit-scaled: `(A − mean)·scale` with `scale = 1/(std + 1e−5)`. */
export interface Moments {
  readonly mean: number
  readonly scale: number
}

export const IDENTITY_MOMENTS: Moments = { mean: 0, scale: 1 }
const EPSILON = 1e-5

/**
 * Masked moments of `values` (`[T, stride]`) over some columns, in float64 and in a fixed order. `population` divides
 * by n (minimax, JaxUED), `sample` by n − 1 (dcd). Weights are 0 or 1 and count the steps that may train.
 */
export function moments(
  values: Float32Array,
  weights: Float32Array,
  steps: number,
  stride: number,
  columns: readonly number[],
  kind: 'population' | 'sample',
): Moments {
  let count = 0
  let sum = 0
  for (const column of columns)
    for (let at = column, t = 0; t < steps; t++, at += stride) {
      count += weights[at]
      sum += weights[at] * values[at]
    }
  if (count === 0) return IDENTITY_MOMENTS
  const mean = sum / count
  let square = 0
  for (const column of columns)
    for (let at = column, t = 0; t < steps; t++, at += stride)
      square += weights[at] * (values[at] - mean) ** 2
  const deviation = Math.sqrt(square / Math.max(1, kind === 'sample' ? count - 1 : count))
  return { mean, scale: 1 / (deviation + EPSILON) }
}
