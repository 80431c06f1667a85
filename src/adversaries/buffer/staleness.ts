import type { LevelBuffer } from './level-buffer.ts'

/**
 * P = (1−κ)·w + κ·c with c ∝ age (temperature 1), written over `out`; `priorities` holds w and may be `out`.
 * Where every age is zero, c is w (minimax) or uniform over the filled entries (JaxUED, dcd).
 */
export function mixStaleness(
  buffer: LevelBuffer,
  priorities: Float64Array,
  out: Float64Array,
): void {
  const { size, ages, rules } = buffer
  const kappa = rules.stalenessCoefficient
  let total = 0
  for (let entry = 0; entry < size; entry++) total += ages[entry]
  if (total > 0) {
    const share = kappa / total
    for (let entry = 0; entry < size; entry++)
      out[entry] = (1 - kappa) * priorities[entry] + share * ages[entry]
  } else if (rules.zeroAges === 'uniform') {
    for (let entry = 0; entry < size; entry++)
      out[entry] = (1 - kappa) * priorities[entry] + kappa / size
  } else if (out !== priorities) out.set(priorities.subarray(0, size))
}

/** `draws` level draws went by without touching the buffer's levels. */
export function advanceAges({ ages, size }: LevelBuffer, draws: number): void {
  for (let entry = 0; entry < size; entry++) ages[entry] += draws
}
