import type { Environment } from '../../envs/contract.ts'
import { ownSeats } from '../../seats/check-seating.ts'
import type { EpisodeSummary } from '../contract.ts'
import { estimateAdvantages, type SupposedSteps } from '../returns/gae.ts'
import type { RunningMoments } from '../returns/running-moments.ts'
import { type CarriedEpisodes, summariseTask } from '../returns/summaries.ts'
import { presenceOf } from '../rollout/presence.ts'
import type { EpisodeExtras } from '../rollout/probing.ts'
import type { RolloutJob } from '../rollout/rollout-job.ts'
import type { Trajectory } from '../rollout/trajectory.ts'
import { firstNonFinite, notFinite } from '../trainer/not-finite.ts'
import type { PpoSetup } from './ppo-jobs.ts'

export interface FinishOptions {
  /** Of the probes that it was played under. */
  readonly extras?: EpisodeExtras
  /** Of a probe that supposes. */
  readonly supposed?: SupposedSteps
  /** Where episodes go on from shard to shard. */
  readonly carried?: CarriedEpisodes
  /** Takes in the discounted returns. */
  readonly returnMoments?: RunningMoments
}

/**
 * What follows the play of a shard: checks its numbers, writes advantages and targets, and weights where no probe has,
 * and sums up the episodes of each column.
 * @throws AgonError `learner/not-finite` naming rewards, values or log_prob, given or supposed
 */
export function finishShard(
  of: Trajectory,
  setup: PpoSetup,
  environment: Environment<unknown>,
  job: RolloutJob,
  { extras, supposed, carried, returnMoments }: FinishOptions = {},
): EpisodeSummary[][] {
  const { from, to } = job.range
  checkNumbers(of, job)
  if (supposed !== undefined) checkSupposed(supposed, job)
  const present = presence(of, setup)
  const returns = {
    rewards: of.rewards.data,
    dones: of.dones.data,
    values: of.values.data,
    ...(of.finalValues === undefined ? {} : { finalValues: of.finalValues.data }),
    steps: of.steps,
    stride: of.capacity,
    ...(job.rewardScale === undefined ? {} : { rewardScale: job.rewardScale }),
    ...(present === undefined ? {} : { present }),
    ...(supposed === undefined ? {} : { supposed }),
  }
  const { discount, gaeLambda, bootstrap } = setup.options.ppo
  const rule = { discount, lambda: gaeLambda, bootstrap }
  estimateAdvantages(returns, rule, from, to, of.advantages.data, of.targets.data)
  for (let t = 0; t < of.steps && extras === undefined; t++)
    of.weights.data.fill(1, t * of.capacity + from, t * of.capacity + to)
  if (present !== undefined) leaveOut(present, of, from, to)
  const context = {
    ...returns,
    advantages: of.advantages.data,
    weights: of.weights.data,
    rule,
    studentVersion: job.studentVersion,
    solvedAbove: environment.solvedAbove,
    ...(carried === undefined ? {} : { carried }),
    ...(of.uncertainty === undefined ? {} : { uncertainty: of.uncertainty.data }),
    ...(of.critics === undefined
      ? {}
      : { critics: { data: of.critics.data, count: of.critics.shape[2] } }),
    ...(returnMoments === undefined ? {} : { returnMoments }),
    ...(extras === undefined
      ? {}
      : { extras: (column: number, episode: number) => extras[column - from][episode] }),
  }
  const { spec } = setup
  return job.tasks.map(({ seating }, i) =>
    summariseTask(context, ownSeats(spec, seating), from + i * spec.agents),
  )
}

/** Float32 `[T + 1, C]`: who is there, as the environment shows it; undefined where it does not say. */
function presence({ observations }: Trajectory, { spec }: PpoSetup): Float32Array | undefined {
  const name = presenceOf(spec.observations)
  return name === undefined ? undefined : (observations[name].data as Float32Array)
}

/** Steps of agents that are not there train nothing. */
function leaveOut(present: Float32Array, of: Trajectory, from: number, to: number): void {
  const weights = of.weights.data
  for (let t = 0; t < of.steps; t++)
    for (let at = t * of.capacity + from; at < t * of.capacity + to; at++)
      if (present[at] === 0) weights[at] = 0
}

function checkSupposed(
  { rewards, next, stride }: SupposedSteps,
  { cycle, range }: RolloutJob,
): void {
  for (const [name, data] of [
    ['supposed rewards', rewards],
    ['supposed values', next],
  ] as const) {
    const at = firstNonFinite(data, 0, data.length)
    if (at < 0) continue
    const where = { step: Math.floor(at / stride), column: range.from + (at % stride) }
    throw notFinite(name, data[at], { cycle, ...where })
  }
}

function checkNumbers(of: Trajectory, { range, cycle }: RolloutJob): void {
  const { rewards, values, logProb, finalValues } = of
  const tensors = [
    ['rewards', rewards],
    ['values', values],
    ['log_prob', logProb],
    ...(finalValues === undefined ? [] : ([['final values', finalValues]] as const)),
  ] as const
  for (const [name, { data, shape }] of tensors)
    for (let t = 0; t < shape[0]; t++) {
      const at = firstNonFinite(data, t * of.capacity + range.from, t * of.capacity + range.to)
      if (at >= 0) throw notFinite(name, data[at], { cycle, step: t, column: at % of.capacity })
    }
}
