/** Drawing one token from logits `[V]`, in float64. */

export interface SamplingRule {
  /** 0: the likeliest, the first of equal ones. */
  readonly temperature: number
  readonly topP: number
}

/** Natural logarithms of the softmax at temperature 1. */
export function logProbsOf(logits: Float32Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY
  for (const logit of logits) top = Math.max(top, logit)
  let sum = 0
  for (const logit of logits) sum += Math.exp(logit - top)
  const logSum = Math.log(sum)
  return Float64Array.from(logits, (logit) => logit - top - logSum)
}

/** Tokens by falling probability; equal ones by number. */
export function ranked(logProbs: Float64Array): number[] {
  return Array.from(logProbs.keys()).sort((a, b) => logProbs[b] - logProbs[a] || a - b)
}

/**
 * The token that `uniform` in [0, 1) falls on: of the fewest likeliest ones whose mass at the temperature reaches `topP`
 * (Holtzman et al. 2020).
 */
export function drawToken(
  logProbs: Float64Array,
  { temperature, topP }: SamplingRule,
  uniform: () => number,
): number {
  const order = ranked(logProbs)
  if (temperature === 0) return order[0]
  const best = logProbs[order[0]]
  const masses = order.map((token) => Math.exp((logProbs[token] - best) / temperature))
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  let kept = 0
  let count = 0
  while (count < order.length && (count === 0 || kept < topP * total)) kept += masses[count++]
  let at = uniform() * kept
  for (let i = 0; i < count - 1; i++) {
    at -= masses[i]
    if (at < 0) return order[i]
  }
  return order[count - 1]
}
