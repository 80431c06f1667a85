import { AgonError } from '../../core/errors.ts'
import { builtUrl } from '../../core/module.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type {
  AttemptReport,
  LearnReport,
  Probe,
  StatisticName,
  Student,
  StudentContext,
  TaskBatch,
} from '../contract.ts'
import { initialiseLayout, type Network } from '../nets/index.ts'
import { attemptReport } from '../rollout/attempt-report.ts'
import { allocateTrajectory, type Trajectory } from '../rollout/trajectory.ts'
import { COMMON_NAMES, DISAGREEMENT_NAMES, UNCERTAINTY_NAMES } from '../statistics.ts'
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
import { checkBatch, playBatch, trainedColumns } from './attempt.ts'
import { type Carried, carryEpisodes, NOTHING_CARRIED } from './carried.ts'
import { anyTrains, learnBatch, updateReport } from './learn.ts'
import type { PpoOptions } from './options.ts'
import { loadPolicy, policyCard } from './policy-file.ts'
import type { PpoSetup, PpoThread } from './ppo-jobs.ts'
import { ppoNetwork } from './ppo-network.ts'
import { type Running, runningStatistics } from './running.ts'
import { checkUncertainty } from './uncertainty.ts'

/** The student's body, plus what fault tests need. */
export interface PpoStudent extends Student {
  exportPolicy(): Promise<PolicyFile>
  readonly parameterCount: number
  /** Kills one of its threads, as a crash would. */
  terminateThread(index: number): Promise<void>
}

/**
 * Starts a PPO student: its threads, its networks and its first weights.
 * @throws AgonError `network/*`, `policy/profile`, `learner/uncertainty`, or what the environment says
 */
export async function createPpoStudent(
  options: PpoOptions,
  context: StudentContext,
): Promise<PpoStudent> {
  const { spec } = context
  checkUncertainty(options, spec)
  const network = ppoNetwork(options, spec)
  const { layout, running: inputs } = network
  const model = allocateModel({ layout, buffers: inputs?.layout }, options.shards)
  if (inputs !== undefined) initialiseLayout(inputs.layout, model.buffers.data, [])
  const running = runningStatistics(inputs, options.normalise?.rewards === 'running')
  if (context.init !== undefined) {
    loadPolicy(context.init, spec, network, model.parameters.data)
    running.load(context.init.card)
    running.settle(model.buffers.data)
  }
  const { seed, slot, environment, policies } = context
  const setup: PpoSetup = { seed, slot, environment, spec, options, model, policies }
  const crew = await startLearnerThreads<PpoThread>({
    entry: builtUrl(import.meta.url, './ppo.worker.js'),
    count: Math.min(context.workers, options.shards),
    owner: `student/${slot}`,
    open: (thread) => thread.call('open', setup),
  })
  try {
    if (context.init === undefined) await crew.threads[0].call('initialise')
  } catch (error) {
    await crew.close()
    throw error
  }
  return new ThreadedStudent(options, context, network, model, crew, running)
}

class ThreadedStudent implements PpoStudent {
  readonly offers: readonly StatisticName[]
  readonly probes = true
  readonly parameterCount: number
  readonly lost: Promise<never>
  readonly #options: PpoOptions
  readonly #context: StudentContext
  readonly #network: Network
  readonly #identity: ModelIdentity
  readonly #model: SharedModel
  readonly #crew: LearnerThreads<PpoThread>
  readonly #carried: Carried
  readonly #running: Running
  #trajectory: Trajectory | null = null
  #attempted: TaskBatch | null = null
  /** What the threads play under. */
  #probes: readonly Probe[] = []
  #counters: Counters = { updates: 0, steps: 0 }
  #parametersVersion = 0

  constructor(
    options: PpoOptions,
    context: StudentContext,
    network: Network,
    model: SharedModel,
    crew: LearnerThreads<PpoThread>,
    running: Running,
  ) {
    this.offers = [
      ...COMMON_NAMES,
      ...(options.uncertainty === true ? UNCERTAINTY_NAMES : []),
      ...(network.critics > 1 ? DISAGREEMENT_NAMES : []),
    ]
    this.#options = options
    this.#context = context
    this.#network = network
    this.#identity = {
      kind: 'ppo',
      layout: network.layout,
      ...(network.running === undefined ? {} : { buffers: network.running.layout }),
    }
    this.#model = model
    this.#crew = crew
    this.#running = running
    const { rollout, shards } = options
    const { state } = network
    this.#carried =
      rollout.carry === 'continue'
        ? carryEpisodes({ crew, shards, state, agents: context.spec.agents })
        : NOTHING_CARRIED
    this.lost = crew.lost
    this.parameterCount = network.layout.size
  }

  async attempt(batch: TaskBatch): Promise<AttemptReport> {
    const start = elapsedMs()
    const { spec, policies = {} } = this.#context
    checkBatch(batch, spec, Object.keys(policies))
    this.#attempted = null
    const { agents } = spec
    const { steps } = await this.#trajectoryFor(batch.tasks.length * agents)
    await this.#playUnder(batch.probes)
    this.#settle()
    const rewardScale = this.#running.rewardScale()
    const versions = {
      ...(rewardScale === undefined ? {} : { rewardScale }),
      parametersVersion: this.#parametersVersion,
      studentVersion: this.#counters.updates,
    }
    const lanes = await this.#carried.enter(batch)
    const { shards } = this.#options
    const reports = await playBatch(this.#crew, batch, agents, shards, versions, lanes)
    if (lanes !== undefined) this.#carried.left(batch.tasks.length)
    this.#running.add(reports.map(({ moments }) => moments))
    this.#attempted = batch
    return attemptReport(batch, reports, batch.tasks.length * steps, elapsedMs() - start)
  }

  async learn(): Promise<LearnReport> {
    const start = elapsedMs()
    const batch = this.#attempted
    if (batch === null || this.#trajectory === null)
      throw new AgonError('learner/order', 'there is no attempt to learn from')
    const columns = trainedColumns(batch, this.#context.spec)
    if (!anyTrains(this.#trajectory, columns))
      return { gradientUpdates: 0, metrics: {}, timings: {} }
    // Each attempt is learned from once: its log-probabilities belong to the parameters that played it.
    this.#attempted = null
    this.#parametersVersion++
    const { seed, slot } = this.#context
    const totals = await learnBatch(
      {
        crew: this.#crew,
        options: this.#options,
        trajectory: this.#trajectory,
        columns,
        seed,
        slot,
        cycle: batch.cycle,
      },
      this.#counters,
    )
    this.#counters.updates++
    return updateReport(totals, elapsedMs() - start)
  }

  async exportPolicy(): Promise<PolicyFile> {
    this.#settle()
    const onnx = await this.#crew.threads[0].call('exportOnnx')
    const card = policyCard(this.#context, this.#network, this.#counters.updates)
    return { onnx, card: { ...card, ...this.#running.statistics() } }
  }

  async snapshot(): Promise<Snapshot> {
    this.#settle()
    const taken = takeSnapshot(this.#identity, this.#model, this.#counters)
    const { tensors } = taken
    const more = { ...this.#running.snapshot(), ...(await this.#carried.snapshot()) }
    return { ...taken, tensors: { ...tensors, ...more } }
  }

  async restore(snapshot: Snapshot): Promise<void> {
    this.#counters = putSnapshot(this.#identity, snapshot, this.#model)
    this.#running.restore(snapshot)
    await this.#carried.restore(snapshot)
    this.#parametersVersion++
    this.#attempted = null
  }

  /** What was seen in an attempt counts from the next one on, and in what is exported or kept between the two. */
  #settle(): void {
    if (this.#running.settle(this.#model.buffers.data)) this.#parametersVersion++
  }

  async terminateThread(index: number): Promise<void> {
    await this.#crew.threads[index].terminate()
  }

  async close(): Promise<void> {
    // A thread that is gone has nothing to close.
    await Promise.race([this.#carried.close(), this.lost]).catch(() => {})
    await this.#crew.close()
  }

  /** Levels cross to the threads once per change. */
  async #playUnder(probes: readonly Probe[]): Promise<void> {
    const same = (probe: Probe, i: number): boolean =>
      probe.name === this.#probes[i].name && probe.digest === this.#probes[i].digest
    if (probes.length === this.#probes.length && probes.every(same)) return
    await this.#crew.everyone((thread) => thread.call('probe', probes))
    this.#probes = probes
  }

  /** The trajectory, made again when a batch needs more columns than any before. */
  async #trajectoryFor(columns: number): Promise<Trajectory> {
    const kept = this.#trajectory
    if (kept !== null && kept.capacity >= columns) return kept
    const { rollout, ppo, uncertainty } = this.#options
    const finals = ppo.timeLimit === 'bootstrap'
    const { spec } = this.#context
    const { state, critics } = this.#network
    const { steps } = rollout
    const made = allocateTrajectory(spec, state, steps, columns, finals, uncertainty, critics)
    await this.#crew.everyone((thread) => thread.call('attach', made))
    this.#trajectory = made
    return made
  }
}
