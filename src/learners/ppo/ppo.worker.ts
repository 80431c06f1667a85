import { AgonError } from '../../core/errors.ts'
import type { RecordedEpisodes } from '../../datasets/contract.ts'
import type { Environment } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import { probeOf } from '../../envs/probe-of.ts'
import { exposeWorker } from '../../inference/worker-expose.ts'
import { type OpenPolicies, openPolicies } from '../../seats/open-policies.ts'
import { groupMultipliers, initialiseLayout, type Network } from '../nets/index.ts'
import { emptyMoments } from '../returns/running-moments.ts'
import { type Acting, createActing } from '../rollout/acting.ts'
import { countLanes, createLaneStore, type LaneStore } from '../rollout/lane-store.ts'
import { playShard } from '../rollout/play-shard.ts'
import type { NamedProbe } from '../rollout/probing.ts'
import { recordTasks } from '../rollout/record-tasks.ts'
import type { RolloutJob, RolloutReport } from '../rollout/rollout-job.ts'
import { seatRollout } from '../rollout/seat-rollout.ts'
import { observationMoments } from '../rollout/shard-moments.ts'
import { type ShardViews, shardViews } from '../rollout/shard-views.ts'
import { putInitialState, type Trajectory } from '../rollout/trajectory.ts'
import { inTurns, type Turn } from '../rollout/turns.ts'
import { elapsedMs } from '../stopwatch.ts'
import { type AdamStep, createAdamStep } from '../trainer/adam-step.ts'
import { createGradientStep, type GradientStep } from '../trainer/gradient-step.ts'
import { loadColumns } from './load-columns.ts'
import { ppoObjective } from './objective.ts'
import type { PpoSetup, PpoThread } from './ppo-jobs.ts'
import { ppoNetwork } from './ppo-network.ts'
import { finishShard } from './shard-returns.ts'
import { checkTimeLimit } from './time-limit.ts'

// One thread of a PPO student: plays shards, computes gradients, applies them. It keeps nothing that decides a result but
// the lanes that go on from cycle to cycle, which cuts hold: parameters, moments and trajectory are shared, sessions and
// buffers are made from them.

interface Opened {
  readonly setup: PpoSetup
  readonly environment: Environment<unknown>
  readonly network: Network
  readonly acting: Acting
  readonly gradient: GradientStep
  readonly adam: AdamStep
  /** Who may sit beside the student. */
  readonly seats: OpenPolicies
  readonly lanes: LaneStore
}

let opened: Opened | null = null
let trajectory: Trajectory | null = null
let views = new Map<string, ShardViews>()
let probes: readonly NamedProbe[] = []

const need = <T>(value: T | null, what: string): T => {
  if (value === null) throw new AgonError('learner/order', `the learner thread has no ${what} yet`)
  return value
}

/** So many at a time: while the environment of one steps, another acts. */
const AT_A_TIME = 2

/** Which of them play in turns never changes a bit of the result. */
async function rollouts(jobs: readonly RolloutJob[]): Promise<RolloutReport[]> {
  const { environment } = need(opened, 'setup')
  const alone = jobs.some(({ tasks }) => tasks.some(({ seating }) => seating !== undefined))
  const together = environment.stepsApart === true && !alone ? AT_A_TIME : 1
  const reports: RolloutReport[] = []
  for (let from = 0; from < jobs.length; from += together)
    reports.push(...(await playTogether(jobs.slice(from, from + together))))
  return reports
}

async function playTogether(jobs: readonly RolloutJob[]): Promise<readonly RolloutReport[]> {
  if (jobs.length === 1) return [await rollout(jobs[0])]
  const start = elapsedMs()
  const session = await need(opened, 'setup').acting.session(jobs[0].parametersVersion)
  const busy = session.busyMs
  const reports = await inTurns(
    jobs.map(
      (job, place) =>
        (turn): Promise<RolloutReport> =>
          rollout(job, place, turn),
    ),
  )
  // Of time that they share, the first has all.
  const shared = { actMs: session.busyMs - busy, totalMs: elapsedMs() - start }
  return reports.map((report, i) => ({ ...report, ...(i === 0 ? shared : NO_TIME) }))
}

const NO_TIME = { actMs: 0, totalMs: 0 }

async function rollout(job: RolloutJob, place = 0, turn?: Turn): Promise<RolloutReport> {
  const start = elapsedMs()
  const { setup, environment, network, acting, seats, lanes: store } = need(opened, 'setup')
  const played = need(trajectory, 'trajectory')
  const key = `${job.range.from}-${job.range.to}`
  const shard = views.get(key) ?? shardViews(played, job.range, environment)
  views.set(key, shard)
  const session = await acting.session(job.parametersVersion)
  const busy = session.busyMs
  await seats.renew(job.cycle, job.policies)
  const companions = await seatRollout(seats, setup.spec, job)
  const lanes = store.enter(job)
  const counted = lanes && countLanes(lanes)
  putInitialState(played, job.range, lanes?.carry)
  const { envMs, extras, supposed } = await playShard(
    {
      environment,
      session,
      views: shard,
      buffers: acting.buffers(job.range.to - job.range.from, place),
      seed: setup.seed,
      slot: setup.slot,
      probes,
      ...(companions === undefined ? {} : { companions }),
      ...(lanes === undefined ? {} : { lanes }),
      ...(turn === undefined ? {} : { turn }),
    },
    job,
  )
  const actMs = session.busyMs - busy
  const carried = lanes && {
    sums: lanes.sums,
    from: job.range.from,
    // A level that the task names is that of episode 0.
    first: lanes.continued ? 1 : 0,
  }
  const returnMoments = job.rewardScale === undefined ? undefined : emptyMoments(1)
  const finish = { extras, supposed, carried, returnMoments }
  const episodes = finishShard(played, setup, environment, job, finish)
  if (lanes !== undefined) lanes.continued = true
  const solvable = environment.solvedAbove < Number.POSITIVE_INFINITY
  const { running } = network
  const observed =
    running === undefined ? {} : observationMoments(played, setup.spec, job, running.observations)
  const moments = { observations: observed, returns: returnMoments }
  return {
    ...{ episodes, solvable, actMs, envMs, totalMs: elapsedMs() - start },
    ...(counted === undefined ? {} : { lanes: counted() }),
    ...(job.record === undefined
      ? {}
      : { recorded: recorded(environment, shard, job, job.record) }),
    ...(running === undefined && returnMoments === undefined ? {} : { moments }),
  }
}

function recorded(
  environment: Environment<unknown>,
  { steps }: ShardViews,
  { tasks, autoReset }: RolloutJob,
  first: number,
): RecordedEpisodes {
  const played = steps.map(({ observations, actions, buffers }) => {
    const { rewards, terminated, truncated } = buffers
    return { observations, actions, rewards, terminated, truncated }
  })
  return recordTasks(environment, played, tasks, autoReset, first)
}

const api: PpoThread = {
  async open(setup) {
    const { spec, options, model } = setup
    const finals = options.ppo.timeLimit === 'bootstrap'
    const network = ppoNetwork(options, spec)
    const environment = await loadEnvironment(setup.environment)
    checkTimeLimit(options, environment)
    const multipliers = groupMultipliers(network.layout, options.ppo.groups)
    opened = {
      setup,
      environment,
      network,
      acting: createActing(spec, network, model, options.uncertainty === true),
      gradient: createGradientStep(ppoObjective(spec, network, options.ppo), model),
      adam: createAdamStep(network.layout, options.ppo, multipliers, model),
      seats: openPolicies(environment, setup.policies ?? {}),
      lanes: createLaneStore({ environment, state: network.state, finals }),
    }
  },
  async initialise() {
    const { setup, network } = need(opened, 'setup')
    const path = [setup.seed, `student/${setup.slot}`, 'init']
    initialiseLayout(network.layout, setup.model.parameters.data, path)
  },
  async attach(shared) {
    trajectory = shared
    views = new Map()
  },
  async probe(named) {
    const { environment } = need(opened, 'setup')
    probes = named.map(({ name, levels }) => ({ name, make: probeOf(environment, name, levels) }))
  },
  rollouts,
  saveLanes: async (range) => need(opened, 'setup').lanes.save(range),
  dropLanes: async () => opened?.lanes.drop(),
  gradient(job) {
    const played = need(trajectory, 'trajectory')
    const size = { steps: played.steps, columns: job.columns.length }
    const { gradient, network } = need(opened, 'setup')
    return gradient(job.shard, size, (feeds) => loadColumns(feeds, network.inputs, played, job))
  },
  adam: (job) => need(opened, 'setup').adam(job),
  exportOnnx: async () => need(opened, 'setup').acting.toOnnx(),
}

exposeWorker(api)
