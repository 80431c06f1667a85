/** Numbers of one step: entropy, least confidence, minimum margin. */
export const UNCERTAINTY_WIDTH = 3

/** Far below the logits of any network: those of forbidden actions, which have −10⁹ added to them. */
const FORBIDDEN = -1e8

/**
 * How undecided a policy over choices is, of every row: its entropy as a share of the logarithm of how many actions are allowed,
 * 1 − the largest probability, and 1 − (the largest − the second largest). Each lies in [0, 1] and is the mean over the
 * choices of the row; a choice with one allowed action counts as 0 in all three. Source: dcd, `level_sampler.py`, which has one choice and
 * divides by the logarithm of all actions.
 *
 * @param logits float32 `[rows, Σ counts]`
 * @param counts actions of each choice
 * @param into float32 `[rows, 3]`
 */
export function writeUncertainty(
  logits: Float32Array,
  counts: readonly number[],
  into: Float32Array,
): void {
  let from = 0
  for (let at = 0; at < into.length; at += UNCERTAINTY_WIDTH) {
    into.fill(0, at, at + UNCERTAINTY_WIDTH)
    for (let i = 0; i < counts.length; i++) {
      addChoice(logits, from, from + counts[i], into, at, 1 / counts.length)
      from += counts[i]
    }
  }
}

/** Adds what one choice has, by `share`. */
function addChoice(
  logits: Float32Array,
  from: number,
  to: number,
  into: Float32Array,
  at: number,
  share: number,
): void {
  let allowed = 0
  let best = Number.NEGATIVE_INFINITY
  let second = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    const logit = logits[i]
    if (logit > FORBIDDEN) allowed++
    if (logit > best) {
      second = best
      best = logit
    } else if (logit > second) second = logit
  }
  if (allowed < 2) return
  // H = log Σ eˣ − Σ x·eˣ / Σ eˣ, of logits less the largest.
  let total = 0
  let weighted = 0
  for (let i = from; i < to; i++) {
    const weight = Math.exp(logits[i] - best)
    total += weight
    weighted += (logits[i] - best) * weight
  }
  const entropy = (Math.log(total) - weighted / total) / Math.log(allowed)
  into[at] += share * Math.min(1, Math.max(0, entropy))
  into[at + 1] += share * (1 - 1 / total)
  into[at + 2] += share * (1 - (1 - Math.exp(second - best)) / total)
}

/** Sums over the steps of an episode, by the names of `EpisodeSummary`. */
export interface UncertaintySums {
  sumEntropy: number
  sumLeastConfidence: number
  sumMinMargin: number
}

export const emptyUncertainty = (): UncertaintySums => ({
  sumEntropy: 0,
  sumLeastConfidence: 0,
  sumMinMargin: 0,
})

/** @param row of `steps`, float32 `[rows, 3]` */
export function addUncertainty(sums: UncertaintySums, steps: Float32Array, row: number): void {
  const at = row * UNCERTAINTY_WIDTH
  sums.sumEntropy += steps[at]
  sums.sumLeastConfidence += steps[at + 1]
  sums.sumMinMargin += steps[at + 2]
}
