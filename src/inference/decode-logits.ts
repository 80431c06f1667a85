import type { PolicyCard } from './contract.ts'

/**
 * Chooses an action a row for a graph that gives logits alone. `argmax` takes the first of equals; `sample` cuts
 * [0, 1) by the probabilities in the order of the actions, as the graphs of Agon do.
 * @param logits float32 `[rows, count]`; forbidden actions have very low ones
 * @param noise float32 `[rows]`, uniform in [0, 1)
 * @param action int32 `[rows]`, written
 * @param logProb float32 `[rows]`, written: NaN where a logit is
 */
export function decodeLogits(
  decode: PolicyCard['decode'],
  logits: Float32Array,
  noise: Float32Array,
  action: Int32Array,
  logProb: Float32Array,
): void {
  const count = logits.length / action.length
  for (let row = 0; row < action.length; row++) {
    const from = row * count
    let best = 0
    for (let i = 1; i < count; i++) if (logits[from + i] > logits[from + best]) best = i
    const highest = logits[from + best]
    let total = 0
    for (let i = 0; i < count; i++) total += Math.exp(logits[from + i] - highest)
    const chosen =
      decode === 'argmax' ? best : drawn(logits, from, count, highest, total * noise[row])
    action[row] = chosen
    logProb[row] = logits[from + chosen] - highest - Math.log(total)
  }
}

/** The action whose share of the summed weights holds `at`; never one without weight. */
function drawn(
  logits: Float32Array,
  from: number,
  count: number,
  highest: number,
  at: number,
): number {
  let sum = 0
  let last = 0
  for (let i = 0; i < count; i++) {
    const weight = Math.exp(logits[from + i] - highest)
    if (weight === 0) continue
    last = i
    sum += weight
    if (at < sum) return i
  }
  return last
}
