import type { PerformanceProfile } from '../../evaluation/contrast.ts'
import type { Interval } from '../../evaluation/stats.ts'

/** Runs of one config beside runs of another, over the levels that all of them were measured on. */
export interface Comparison {
  /** Names of the common levels, in the order of the first run. */
  readonly levels: readonly string[]
  /** What is compared: mean returns where a run has no solved rates, since nothing can be solved in it. */
  readonly of: 'solved rate' | 'mean return'
  readonly groups: readonly Group[]
  /** Every two groups once, in their order. */
  readonly improvements: readonly Improvement[]
  /** What the reader must know before trusting the numbers: runs or levels left out, differing episodes. */
  readonly notes: readonly string[]
}

/** Runs that differ only in their seed (and in what never changes a result). */
export interface Group {
  /** The config's name, with the slot where there are several, numbered where two configs have one name. */
  readonly name: string
  readonly runs: readonly ComparedRun[]
  /** Mean of {@link Comparison.of} over the runs, per level. */
  readonly scores: readonly number[]
  /** Mean return over the runs, per level. */
  readonly meanReturn: readonly number[]
  /** Over runs × levels. */
  readonly mean: Estimate
  readonly iqm: Estimate
  /** Null for returns, which have no optimum that is known. */
  readonly optimalityGap: Estimate | null
  /** Null for returns, which have no common scale. */
  readonly profile: PerformanceProfile | null
  /**
   * Mean over the runs of the solved rate on the tenth of the random levels that the run solves worst (conditional value
   * at risk); its interval over the runs. Null where fewer than ten random levels were measured, and for returns.
   */
  readonly worstTenth: Estimate | null
  readonly spent: Spent
  /** What training and evaluations showed on the way. */
  readonly curves: readonly Curve[]
  /** Of the student before its first update; null unless every run has it. */
  readonly untrainedMean: number | null
  /** Those of the environment that all runs compared were measured by. */
  readonly measures: readonly ComparedMeasure[]
}

/** What a run took, or the runs of a group on average. They differ between algorithms, so they stand apart. */
export interface Spent {
  readonly envSteps: number
  readonly gradientUpdates: number
  /** Seconds of the cycles, on whatever machine; null where a run has no timings. */
  readonly seconds: number | null
}

/** Over environment steps: the mean over the runs, and the lowest and highest of them; all of one length. */
export interface Curve {
  /** Without the slot: `return_mean`, `evaluation/maze/a/solved_rate`. */
  readonly key: string
  readonly envSteps: readonly number[]
  readonly mean: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** Probability that a run of `better` beats one of `than` on a level drawn at random (Agarwal et al. 2021). */
export interface Improvement {
  readonly better: string
  readonly than: string
  readonly probability: Estimate
}

export interface ComparedMeasure {
  readonly name: string
  readonly better: 'higher' | 'lower'
  /** Mean over the runs, per level. */
  readonly levels: readonly number[]
  /** Over runs × levels. */
  readonly mean: Estimate
  /** Of the student before its first update; null unless every run has it. */
  readonly untrainedMean: number | null
}

export interface Estimate {
  readonly value: number
  /** 95 %, stratified by level, over seeds; null for a single seed, which says nothing of its spread. */
  readonly interval: Interval | null
}

export interface ComparedRun {
  readonly dir: string
  readonly seed: number
  readonly slot: string
  /** Per level, in the order of {@link Comparison.levels}. */
  readonly scores: readonly number[]
  /** What it took itself. */
  readonly spent: Spent
}
