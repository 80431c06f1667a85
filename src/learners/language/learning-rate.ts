import type { CausalOptions } from './options.ts'

/** The rate of optimiser step `step`, from 1: up along a line, then down to a tenth along half a cosine. */
export function learningRateAt(
  { learningRate, warmup, decay }: Pick<CausalOptions, 'learningRate' | 'warmup' | 'decay'>,
  step: number,
): number {
  const rising = Math.min(1, step / warmup)
  if (decay === 0) return learningRate * rising
  const share = Math.min(1, Math.max(0, (step - warmup) / Math.max(1, decay - warmup)))
  return learningRate * rising * (0.1 + 0.45 * (1 + Math.cos(Math.PI * share)))
}
