import type { ActionArray } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { builtUrl } from '../../core/module.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { EnvironmentRef, EnvironmentSpec } from '../../envs/contract.ts'
import type { LearnReport, StepCost } from '../contract.ts'
import type { Network } from '../nets/index.ts'
import { allocateTrajectory, type Trajectory } from '../rollout/trajectory.ts'
import { elapsedMs } from '../stopwatch.ts'
import type { SharedModel } from '../trainer/contract.ts'
import { type LearnerThreads, startLearnerThreads } from '../trainer/learner-threads.ts'
import {
  type Counters,
  type ModelIdentity,
  putSnapshot,
  takeSnapshot,
} from '../trainer/model-snapshot.ts'
import { allocateModel } from '../trainer/shared-model.ts'
import { playBatch } from './attempt.ts'
import { actionsOf, payEpisodes } from './episodic-returns.ts'
import { type Pending, playedFrom, playedTensors } from './episodic-snapshot.ts'
import { learnBatch, updateReport } from './learn.ts'
import type { EpisodicOptions, PpoOptions } from './options.ts'
import type { PpoSetup, PpoThread } from './ppo-jobs.ts'
import { ppoNetwork } from './ppo-network.ts'
import { type Running, runningStatistics } from './running.ts'
import { stepCost } from './step-cost.ts'

export interface EpisodicContext {
  /** Names its threads, and its streams beside the seed: `service/builder`. */
  readonly name: string
  readonly seed: number
  readonly environment: EnvironmentRef
  readonly spec: EnvironmentSpec
  /** Of every episode. */
  readonly steps: number
  /** Threads that share the work; never changes a bit of the result. */
  readonly workers: number
}

/** PPO over whole episodes whose only reward, that of the last step, is told afterwards. One call at a time. */
export interface EpisodicPpo {
  readonly parameterCount: number
  /**
   * Plays one episode from each start, and forgets what was played before.
   * @param round names the draws: equal rounds of equal parameters play alike
   * @returns what was done in each episode, `[steps, n]`; real numbers are within their bounds
   */
  play(round: number, starts: readonly Uint8Array[]): Promise<readonly ActionArray[]>
  /** The round that was played and not learned from yet, and how many episodes it has. */
  readonly pending: Pending | null
  /**
   * Learns from it: `rewards[i]` is the last one of episode i, all others are 0.
   * @throws AgonError `learner/order`, `learner/not-finite`
   */
  learn(rewards: readonly number[]): Promise<LearnReport>
  /** Weights, moments, counters, and what is pending. */
  snapshot(): Promise<Snapshot>
  /** @throws AgonError `snapshot/foreign` */
  restore(snapshot: Snapshot): Promise<void>
  /** Rejects with `worker/lost` as soon as a thread dies. */
  readonly lost: Promise<never>
  close(): Promise<void>
}

/** What its network takes, for estimates. */
export function episodicCost(
  given: EpisodicOptions,
  spec: EnvironmentSpec,
): { readonly parameters: number; readonly step: StepCost } {
  const options = whole(given, 1)
  return {
    parameters: ppoNetwork(options, spec).layout.size,
    step: stepCost(options, spec),
  }
}

/** As of a student that plays one episode an environment. */
const whole = ({ normalise: _, ...options }: EpisodicOptions, steps: number): PpoOptions => ({
  ...options,
  rollout: { envs: 1, steps },
})

/** @throws AgonError `network/*`, or what the environment says */
export async function createEpisodicPpo(
  given: EpisodicOptions,
  context: EpisodicContext,
): Promise<EpisodicPpo> {
  const { name, seed, environment, spec, steps, workers } = context
  const options = whole(given, steps)
  const network = ppoNetwork(options, spec)
  const model = allocateModel({ layout: network.layout }, options.shards)
  const setup: PpoSetup = {
    seed,
    slot: name,
    environment,
    spec,
    options,
    model,
    policies: undefined,
  }
  const crew = await startLearnerThreads<PpoThread>({
    entry: builtUrl(import.meta.url, './ppo.worker.js'),
    count: Math.min(workers, options.shards),
    owner: name,
    open: (thread) => thread.call('open', setup),
  })
  try {
    await crew.threads[0].call('initialise')
  } catch (error) {
    await crew.close()
    throw error
  }
  const running = runningStatistics(undefined, given.normalise?.rewards === 'running')
  return new ThreadedEpisodic(options, context, network, model, crew, running)
}

class ThreadedEpisodic implements EpisodicPpo {
  readonly parameterCount: number
  readonly lost: Promise<never>
  readonly #options: PpoOptions
  readonly #context: EpisodicContext
  readonly #network: Network
  readonly #identity: ModelIdentity
  readonly #model: SharedModel
  readonly #crew: LearnerThreads<PpoThread>
  /** Of what was paid. */
  readonly #running: Running
  #trajectory: Trajectory | null = null
  #pending: Pending | null = null
  #counters: Counters = { updates: 0, steps: 0 }
  #parametersVersion = 0

  constructor(
    options: PpoOptions,
    context: EpisodicContext,
    network: Network,
    model: SharedModel,
    crew: LearnerThreads<PpoThread>,
    running: Running,
  ) {
    this.#options = options
    this.#context = context
    this.#network = network
    this.#identity = { kind: 'episodic-ppo', layout: network.layout }
    this.#model = model
    this.#crew = crew
    this.#running = running
    this.lost = crew.lost
    this.parameterCount = network.layout.size
  }

  get pending(): Pending | null {
    return this.#pending
  }

  async play(round: number, starts: readonly Uint8Array[]): Promise<readonly ActionArray[]> {
    this.#pending = null
    const of = await this.#trajectoryFor(starts.length)
    const batch = {
      cycle: round,
      autoReset: 'same-level' as const,
      // All that chance decides in an episode lies in its start.
      tasks: starts.map((level) => ({ level, seed: 0 })),
    }
    const versions = {
      parametersVersion: this.#parametersVersion,
      studentVersion: this.#counters.updates,
    }
    await playBatch(this.#crew, batch, 1, this.#options.shards, versions)
    this.#pending = { round, count: starts.length }
    const { steps, spec } = this.#context
    return starts.map((_, column) => actionsOf(of, spec.actions, steps, column))
  }

  async learn(rewards: readonly number[]): Promise<LearnReport> {
    const start = elapsedMs()
    const [of, pending] = [this.#trajectory, this.#pending]
    if (of === null || pending === null || rewards.length !== pending.count)
      throw new AgonError(
        'learner/order',
        `${rewards.length} rewards came for ${pending?.count ?? 0} episodes that wait for one`,
      )
    // Each round is learned from once: its log-probabilities belong to the parameters that played it.
    this.#pending = null
    payEpisodes(of, rewards, this.#options.ppo, this.#running)
    this.#parametersVersion++
    const { seed, name } = this.#context
    const totals = await learnBatch(
      {
        ...{ crew: this.#crew, options: this.#options, trajectory: of, seed, slot: name },
        columns: rewards.map((_, column) => column),
        cycle: pending.round,
      },
      this.#counters,
    )
    this.#counters.updates++
    return updateReport(totals, elapsedMs() - start)
  }

  async snapshot(): Promise<Snapshot> {
    const taken = takeSnapshot(this.#identity, this.#model, this.#counters)
    const pending = this.#pending
    const { state } = taken
    const tensors = { ...taken.tensors, ...this.#running.snapshot() }
    if (this.#trajectory === null || pending === null) return { ...taken, tensors }
    return {
      ...taken,
      state: { ...(state as object), pending: { ...pending } },
      tensors: { ...tensors, ...playedTensors(this.#trajectory, pending.count) },
    }
  }

  async restore(snapshot: Snapshot): Promise<void> {
    const { spec, steps } = this.#context
    const size = { spec, state: this.#network.state, steps }
    const played = playedFrom(snapshot, size)
    this.#counters = putSnapshot(this.#identity, snapshot, this.#model)
    this.#running.restore(snapshot)
    this.#parametersVersion++
    this.#pending = null
    if (played === null) return
    await this.#attach(played.trajectory)
    this.#pending = played.pending
  }

  async close(): Promise<void> {
    await this.#crew.close()
  }

  /** The trajectory, made again when more columns are needed than ever before. */
  async #trajectoryFor(columns: number): Promise<Trajectory> {
    const kept = this.#trajectory
    if (kept !== null && kept.capacity >= columns) return kept
    const { spec, steps } = this.#context
    return this.#attach(allocateTrajectory(spec, this.#network.state, steps, columns))
  }

  async #attach(made: Trajectory): Promise<Trajectory> {
    await this.#crew.everyone((thread) => thread.call('attach', made))
    this.#trajectory = made
    return made
  }
}
