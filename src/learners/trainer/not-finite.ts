import { AgonError } from '../../core/errors.ts'
import { type Layout, segmentAt } from '../nets/segments.ts'

/** Index of the first NaN or infinity, or −1. */
export function firstNonFinite(values: ArrayLike<number>, from = 0, to = values.length): number {
  for (let i = from; i < to; i++) if (!Number.isFinite(values[i])) return i
  return -1
}

/** The error that stops a run whose numbers broke; the caller adds the cycle and the last good cut. */
export function notFinite(
  tensor: string,
  value: number,
  fields: Readonly<Record<string, unknown>> = {},
): AgonError {
  return new AgonError('learner/not-finite', `${tensor} is ${value}`, {
    place: tensor,
    remedy: 'lower ppo.learningRate or ppo.maxGradNorm, or check the rewards of the environment',
    fields: { tensor, value: String(value), ...fields },
  })
}

/**
 * Names the parameter segment whose summed gradient first breaks, or, where only the squares overflow, the one with the
 * largest gradient; call only when the norm already did.
 */
export function brokenGradient(
  layout: Layout,
  gradients: readonly Float32Array[],
  norm: number,
  cycle: number,
): AgonError {
  let largest = 0
  let at = 0
  for (let i = 0; i < layout.size; i++) {
    let sum = 0
    for (const gradient of gradients) sum = Math.fround(sum + gradient[i])
    if (!Number.isFinite(sum))
      return notFinite(`gradient of ${segmentAt(layout, i)}`, sum, { cycle })
    if (Math.abs(sum) <= largest) continue
    largest = Math.abs(sum)
    at = i
  }
  return notFinite(`gradient norm (largest in ${segmentAt(layout, at)})`, norm, { cycle })
}
