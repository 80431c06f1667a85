import {
  type ActionArray,
  type ActionSpec,
  actionWidth,
  choiceCounts,
} from '../core/action-space.ts'
import { normalQuantile } from '../core/normal-quantile.ts'
import type { PolicyCard } from './contract.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/**
 * Chooses an action a row for a graph that gives parameters alone. `argmax` takes the likeliest: the first of equal
 * logits, the mean of real numbers. `sample` cuts [0, 1) by the probabilities in the order of the choices, as the graphs
 * of Agon do; a real number is its mean + its deviation · Φ⁻¹(noise).
 * @param parameters float32 `[rows, p]`; forbidden choices have very low logits
 * @param noise float32 `[rows]` or `[rows, n]`, uniform in [0, 1)
 * @param action `[rows]` or `[rows, n]`, written
 * @param logProb float32 `[rows]`, written: NaN where a parameter is
 */
export function decodeParameters(
  { actions, decode }: { readonly actions: ActionSpec } & Pick<PolicyCard, 'decode'>,
  parameters: Float32Array,
  noise: Float32Array,
  action: ActionArray,
  logProb: Float32Array,
): void {
  if (actions.kind === 'box')
    decodeNormals(decode, actionWidth(actions), parameters, noise, action, logProb)
  else decodeChoices(decode, choiceCounts(actions), parameters, noise, action, logProb)
}

function decodeChoices(
  decode: PolicyCard['decode'],
  counts: readonly number[],
  logits: Float32Array,
  noise: Float32Array,
  action: ActionArray,
  logProb: Float32Array,
): void {
  let from = 0
  for (let row = 0; row < logProb.length; row++) {
    let sum = 0
    for (let i = 0; i < counts.length; i++) {
      const count = counts[i]
      let best = 0
      for (let j = 1; j < count; j++) if (logits[from + j] > logits[from + best]) best = j
      const highest = logits[from + best]
      let total = 0
      for (let j = 0; j < count; j++) total += Math.exp(logits[from + j] - highest)
      const at = row * counts.length + i
      const chosen =
        decode === 'argmax' ? best : drawn(logits, from, count, highest, total * noise[at])
      action[at] = chosen
      sum += logits[from + chosen] - highest - Math.log(total)
      from += count
    }
    logProb[row] = sum
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

function decodeNormals(
  decode: PolicyCard['decode'],
  width: number,
  parameters: Float32Array,
  noise: Float32Array,
  action: ActionArray,
  logProb: Float32Array,
): void {
  for (let row = 0; row < logProb.length; row++) {
    let sum = 0
    for (let i = 0; i < width; i++) {
      const mean = parameters[2 * row * width + i]
      const logDeviation = parameters[(2 * row + 1) * width + i]
      const z = decode === 'argmax' ? 0 : normalQuantile(noise[row * width + i])
      action[row * width + i] = mean + Math.exp(logDeviation) * z
      sum -= 0.5 * z * z + logDeviation + HALF_LOG_TWO_PI + 0 * mean
    }
    logProb[row] = sum
  }
}
