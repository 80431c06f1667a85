import type { RandomStream } from '../core/random.ts'

/**
 * Statistics over runs and levels, after Agarwal et al., "Deep reinforcement learning at the edge of the statistical
 * precipice" (NeurIPS 2021) and its library rliable. The seed is the unit of inference.
 */

/** `scores[run][level]`: one number per training seed and level, episodes already averaged. */
export type ScoreMatrix = readonly (readonly number[])[]
export type Statistic = (values: Float64Array) => number
export type Interval = readonly [number, number]

export const BOOTSTRAP_DRAWS = 2000

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Interquartile mean: the mean without the ⌊n/4⌋ lowest and ⌊n/4⌋ highest values. */
export function interquartileMean(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const cut = Math.floor(sorted.length / 4)
  return mean(sorted.subarray(cut, sorted.length - cut))
}

/** How far scores fall short of `goal` on average; more than the goal counts as the goal. */
export function optimalityGap(values: ArrayLike<number>, goal = 1): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += goal - Math.min(values[i], goal)
  return sum / values.length
}

/** The `fraction` quantile of sorted values, linear between neighbours (NumPy's default). */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const at = fraction * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}

/** The percentile interval that holds `coverage` of the draws; sorts them in place. */
function percentileInterval(draws: Float64Array, coverage: number): Interval {
  draws.sort()
  const tail = (1 - coverage) / 2
  return [quantile(draws, tail), quantile(draws, 1 - tail)]
}

/** Percentile bootstrap of a statistic of independent values (levels of one run). */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: Statistic,
  random: RandomStream,
  draws = BOOTSTRAP_DRAWS,
  coverage = 0.95,
): Interval {
  const count = values.length
  const resample = new Float64Array(count)
  const results = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < count; i++) resample[i] = values[random.integer(count)]
    results[draw] = statistic(resample)
  }
  return percentileInterval(results, coverage)
}

/**
 * Percentile bootstrap stratified by level: every draw resamples the runs of each level on its own, then takes the
 * statistic of the pooled runs × levels.
 */
export function stratifiedBootstrapInterval(
  scores: ScoreMatrix,
  statistic: Statistic,
  random: RandomStream,
  draws = BOOTSTRAP_DRAWS,
  coverage = 0.95,
): Interval {
  const runs = scores.length
  const levels = scores[0]?.length ?? 0
  const resample = new Float64Array(runs * levels)
  const results = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    for (let level = 0; level < levels; level++)
      for (let run = 0; run < runs; run++)
        resample[run * levels + level] = scores[random.integer(runs)][level]
    results[draw] = statistic(resample)
  }
  return percentileInterval(results, coverage)
}

export interface Aggregate {
  readonly mean: number
  readonly meanInterval: Interval
  readonly iqm: number
  readonly iqmInterval: Interval
  readonly optimalityGap: number
  readonly optimalityGapInterval: Interval
}

/**
 * The aggregates of a comparison table with their 95 % intervals, each statistic drawn from its own stream.
 * @param goal the score at which a level counts as mastered
 */
export function aggregate(
  scores: ScoreMatrix,
  random: (statistic: string) => RandomStream,
  goal = 1,
): Aggregate {
  const pooled = Float64Array.from(scores.flat())
  const gap: Statistic = (values) => optimalityGap(values, goal)
  const interval = (name: string, statistic: Statistic): Interval =>
    stratifiedBootstrapInterval(scores, statistic, random(name))
  return {
    mean: mean(pooled),
    meanInterval: interval('mean', mean),
    iqm: interquartileMean(pooled),
    iqmInterval: interval('iqm', interquartileMean),
    optimalityGap: gap(pooled),
    optimalityGapInterval: interval('optimality gap', gap),
  }
}
