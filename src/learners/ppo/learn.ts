import { stream } from '../../core/random.ts'
import type { LearnReport, Metrics } from '../contract.ts'
import type { Trajectory } from '../rollout/trajectory.ts'
import type { AdamJob, GradientReport } from '../trainer/contract.ts'
import type { LearnerThreads } from '../trainer/learner-threads.ts'
import { dealMinibatches } from '../trainer/minibatches.ts'
import type { Counters } from '../trainer/model-snapshot.ts'
import { notFinite } from '../trainer/not-finite.ts'
import { cutShards } from '../trainer/shards.ts'
import { LOSS_TERMS } from './loss.ts'
import { IDENTITY_MOMENTS, type Moments, moments } from './normalise.ts'
import type { PpoOptions } from './options.ts'
import type { PpoThread } from './ppo-jobs.ts'

export interface LearnContext {
  readonly crew: LearnerThreads<PpoThread>
  readonly options: PpoOptions
  readonly trajectory: Trajectory
  /** Columns that may be learned from; at least one. */
  readonly columns: readonly number[]
  readonly seed: number
  readonly slot: string
  readonly cycle: number
}

export interface LearnTotals {
  readonly metrics: Metrics
  readonly gradientOrtMs: number
  readonly adamOrtMs: number
}

/** What one update is told as, after so many milliseconds. */
export const updateReport = (
  { metrics, gradientOrtMs, adamOrtMs }: LearnTotals,
  learnMs: number,
): LearnReport => ({
  gradientUpdates: 1,
  metrics,
  timings: { learn_ms: learnMs, gradient_ort_ms: gradientOrtMs, apply_ort_ms: adamOrtMs },
})

/** Step size of the next update: JaxUED anneals over update cycles, not over optimiser steps. */
export function learningRateAt(options: PpoOptions, updates: number): number {
  const { learningRate, anneal, annealUpdates } = options.ppo
  return anneal === 'none' ? learningRate : learningRate * Math.max(0, 1 - updates / annealUpdates)
}

/** Whether a step of these columns may train: under probes there may be none. */
export function anyTrains(of: Trajectory, columns: readonly number[]): boolean {
  return columns.some((column) => {
    for (let t = 0; t < of.steps; t++)
      if (of.weights.data[t * of.capacity + column] > 0) return true
    return false
  })
}

/**
 * All epochs over one rollout, in which {@link anyTrains} some step. `counters.steps` moves with every optimiser step.
 * @throws AgonError `learner/not-finite`, before the step that it names changes a parameter
 */
export async function learnBatch(of: LearnContext, counters: Counters): Promise<LearnTotals> {
  const { options, trajectory, columns } = of
  const { epochs, minibatches } = options.ppo
  const whole = options.ppo.normalise === 'rollout' ? momentsOf(of, columns, 'sample') : null
  const learningRate = learningRateAt(options, counters.updates)
  const done: StepTotals[] = []
  for (let epoch = 0; epoch < epochs; epoch++) {
    const random = stream(of.seed, `student/${of.slot}`, of.cycle, 'minibatches', epoch)
    for (const part of dealMinibatches(columns, minibatches, random)) {
      // Entropy is not masked, and alone it is nothing to learn from.
      if (!anyTrains(trajectory, part)) continue
      counters.steps++
      const normal = whole ?? momentsOf(of, part, 'population')
      done.push(await optimiserStep(of, part, normal, { learningRate, step: counters.steps }))
    }
  }
  const mean = (value: (step: StepTotals) => number): number =>
    done.reduce((sum, step) => sum + value(step), 0) / done.length
  const terms = LOSS_TERMS.map((name, i) => [name, mean((step) => step.terms[i])] as const)
  return {
    metrics: {
      ...Object.fromEntries(terms),
      grad_norm: mean((step) => step.norm),
      learning_rate: learningRate,
      target_mean: planeMean(trajectory.targets.data, trajectory, columns),
      advantage_mean: planeMean(trajectory.advantages.data, trajectory, columns),
    },
    gradientOrtMs: mean((step) => step.gradientOrtMs) * done.length,
    adamOrtMs: mean((step) => step.adamOrtMs) * done.length,
  }
}

interface StepTotals {
  /** In the order of `LOSS_TERMS`. */
  readonly terms: readonly number[]
  readonly norm: number
  readonly gradientOrtMs: number
  readonly adamOrtMs: number
}

/** Gradients of one minibatch's shards, checked, summed and applied. */
async function optimiserStep(
  of: LearnContext,
  part: readonly number[],
  normal: Moments,
  adam: Pick<AdamJob, 'learningRate' | 'step'>,
): Promise<StepTotals> {
  const { cycle, options, crew } = of
  const shards = cutShards(part.length, options.shards).map(({ from, to }) => part.slice(from, to))
  const reports = await minibatchGradients(of, part, shards, normal)
  const terms = LOSS_TERMS.map((_, i) => reports.reduce((sum, { terms }) => sum + terms[i], 0))
  checkTerms(terms, cycle)
  const job = { cycle, shards: shards.length, ...adam }
  const { norm, ortMs } = await crew.threads[0].call('adam', job)
  const gradientOrtMs = reports.reduce((sum, report) => sum + report.ortMs, 0)
  return { terms, norm, gradientOrtMs, adamOrtMs: ortMs }
}

/** A broken part is named rather than the total, which breaks with it. */
function checkTerms(terms: readonly number[], cycle: number): void {
  const broken = LOSS_TERMS.filter((_, i) => !Number.isFinite(terms[i]))
  const name = broken.find((term) => term !== 'total_loss') ?? broken[0]
  if (name !== undefined) throw notFinite(name, terms[LOSS_TERMS.indexOf(name)], { cycle })
}

function minibatchGradients(
  of: LearnContext,
  part: readonly number[],
  shards: readonly (readonly number[])[],
  normal: Moments,
): Promise<GradientReport[]> {
  const { trajectory } = of
  const steps = trajectory.steps * part.length
  const kept = planeMean(trajectory.weights.data, trajectory, part) * steps
  return of.crew.byShard(shards.length, (thread, shard) =>
    thread.call('gradient', {
      shard,
      columns: shards[shard],
      moments: normal,
      keptScale: kept === 0 ? 0 : 1 / kept,
      allScale: 1 / steps,
    }),
  )
}

function momentsOf(
  { trajectory: t, options }: LearnContext,
  columns: readonly number[],
  kind: 'population' | 'sample',
): Moments {
  if (options.ppo.normalise === 'none') return IDENTITY_MOMENTS
  return moments(t.advantages.data, t.weights.data, t.steps, t.capacity, columns, kind)
}

function planeMean(data: Float32Array, of: Trajectory, columns: readonly number[]): number {
  let sum = 0
  for (const column of columns)
    for (let t = 0; t < of.steps; t++) sum += data[t * of.capacity + column]
  return sum / (of.steps * columns.length)
}
