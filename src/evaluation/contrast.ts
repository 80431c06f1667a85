import type { RandomStream } from '../core/random.ts'
import {
  BOOTSTRAP_DRAWS,
  type Interval,
  quantile,
  type ScoreMatrix,
  type Statistic,
} from './stats.ts'

/**
 * Statistics that set one group of runs beside another, and those of a distribution's tail (Agarwal et al., NeurIPS 2021,
 * §4; CVaR: Rockafellar and Uryasev 2000).
 */

/** Mean of the worst `share` of the values, at least of one: their conditional value at risk. */
export function conditionalValueAtRisk(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const count = Math.max(1, Math.floor(share * sorted.length))
  let sum = 0
  for (let i = 0; i < count; i++) sum += sorted[i]
  return sum / count
}

/** {@link conditionalValueAtRisk} of a share, as a statistic for the bootstrap. */
export const worstShare =
  (share: number): Statistic =>
  (values) =>
    conditionalValueAtRisk(values, share)

/** P(a > b) + ½ P(a = b) for one run of each: the Mann–Whitney statistic over |a|·|b|. */
function superiority(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let wins = 0
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) wins += a[i] > b[j] ? 1 : a[i] === b[j] ? 0.5 : 0
  return wins / (a.length * b.length)
}

/**
 * Probability that a run of `a` beats one of `b` on a level drawn at random, and its percentile interval: each draw
 * resamples the runs of both on every level (Agarwal et al. 2021, §4.3).
 * @param a, b `[run][level]`, over the same levels
 */
export function probabilityOfImprovement(
  a: ScoreMatrix,
  b: ScoreMatrix,
  random: RandomStream,
  draws = BOOTSTRAP_DRAWS,
): { readonly value: number; readonly interval: Interval } {
  const columns = (scores: ScoreMatrix): Float64Array[] =>
    scores[0].map((_, level) => Float64Array.from(scores, (run) => run[level]))
  const [as, bs] = [columns(a), columns(b)]
  const over = (left: readonly Float64Array[], right: readonly Float64Array[]): number => {
    let sum = 0
    for (let level = 0; level < left.length; level++) sum += superiority(left[level], right[level])
    return sum / left.length
  }
  const resampled = (from: readonly Float64Array[], into: readonly Float64Array[]): void => {
    for (let level = 0; level < from.length; level++)
      for (let run = 0; run < into[level].length; run++)
        into[level][run] = from[level][random.integer(from[level].length)]
  }
  const [left, right] = [columns(a), columns(b)]
  const results = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    resampled(as, left)
    resampled(bs, right)
    results[draw] = over(left, right)
  }
  results.sort()
  return { value: over(as, bs), interval: [quantile(results, 0.025), quantile(results, 0.975)] }
}

/** Share of runs × levels above each threshold, with pointwise 95 % intervals; all of one length. */
export interface PerformanceProfile {
  readonly thresholds: readonly number[]
  readonly shares: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/**
 * Performance profile (Agarwal et al. 2021, §4.2): the share of runs × levels with a score above τ, for every τ, with
 * a bootstrap stratified by level.
 * @param thresholds in ascending order
 */
export function performanceProfile(
  scores: ScoreMatrix,
  thresholds: readonly number[],
  random: RandomStream,
  draws = BOOTSTRAP_DRAWS,
): PerformanceProfile {
  const runs = scores.length
  const levels = scores[0].length
  const count = thresholds.length
  // How many thresholds a score is above: a draw is then a histogram.
  const passed = scores.map((run) =>
    run.map((score) => thresholds.filter((threshold) => score > threshold).length),
  )
  const histogram = new Float64Array(count + 1)
  /** Takes the histogram to the share above each threshold. */
  const sharesInto = (into: Float64Array, at: number, stride: number): void => {
    let above = 0
    for (let t = count - 1; t >= 0; t--) {
      above += histogram[t + 1]
      into[at + t * stride] = above / (runs * levels)
    }
  }
  for (const run of passed) for (const bin of run) histogram[bin] += 1
  const shares = new Float64Array(count)
  sharesInto(shares, 0, 1)
  // drawn[threshold · draws + draw]
  const drawn = new Float64Array(count * draws)
  for (let draw = 0; draw < draws; draw++) {
    histogram.fill(0)
    for (let level = 0; level < levels; level++)
      for (let run = 0; run < runs; run++) histogram[passed[random.integer(runs)][level]] += 1
    sharesInto(drawn, draw, draws)
  }
  const ends = thresholds.map((_, t) => drawn.subarray(t * draws, (t + 1) * draws).sort())
  return {
    thresholds: [...thresholds],
    shares: [...shares],
    low: ends.map((sorted) => quantile(sorted, 0.025)),
    high: ends.map((sorted) => quantile(sorted, 0.975)),
  }
}
