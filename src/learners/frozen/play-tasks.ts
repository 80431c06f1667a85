import { allocateActions } from '../../core/action-space.ts'
import { stream } from '../../core/random.ts'
import { elementCount, type TypedArray, typedArray } from '../../core/tensor.ts'
import type { PlayedStep } from '../../datasets/record-episodes.ts'
import type { Environment, VectorEnv } from '../../envs/contract.ts'
import { steppable } from '../../envs/steppable.ts'
import { seatCompanions } from '../../seats/companions.ts'
import type { Companions, Seating } from '../../seats/contract.ts'
import type { OpenPolicies } from '../../seats/open-policies.ts'
import { elapsedMs } from '../stopwatch.ts'
import type { FrozenJob, FrozenSetup } from './frozen-jobs.ts'

/** What came of the steps: time-major, `rows = tasks · agents`. */
export interface PlayedTasks {
  /** Steps that were taken, at most those of the options. */
  readonly steps: number
  /** float32 `[T, rows]`. */
  readonly rewards: Float32Array
  /** uint8 `[T, rows]`: terminated or truncated. */
  readonly dones: Uint8Array
  /** float32 `[T + 1, rows]`; zeros of who has no critic. */
  readonly values: Float32Array
  readonly actMs: number
  readonly envMs: number
  /** Copies of what was seen and done; empty where nobody records. */
  readonly recorded: readonly PlayedStep[]
}

/** The frozen policy sits in every seat that nobody else has. */
export function seatsOfTask(
  { spec, options }: Pick<FrozenSetup, 'spec' | 'options'>,
  seating: Seating = {},
): Seating {
  const own = Object.keys(spec.seats).map((seat) => [seat, options.policy])
  return { ...Object.fromEntries(own), ...seating }
}

/**
 * Plays a piece of a batch from its beginning. A fresh vector environment and fresh streams each time: the result is a function
 * of setup and job.
 * @throws AgonError `seat/*`, `policy/*`, `level/*`
 */
export async function playTasks(
  setup: FrozenSetup,
  environment: Environment<unknown>,
  open: OpenPolicies,
  job: FrozenJob,
): Promise<PlayedTasks> {
  const companions = await seatTasks(setup, open, job)
  const observations = Object.fromEntries(
    Object.entries(setup.spec.observations).map(([name, { dtype, shape }]) => [
      name,
      typedArray(dtype, job.tasks.length * setup.spec.agents * elementCount(shape)),
    ]),
  )
  const env = startTasks(environment, job, companions, observations)
  try {
    for (let lane = 0; lane < job.tasks.length; lane++) companions.begin(lane)
    return await playSteps(setup, job, env, companions, observations)
  } finally {
    env.close?.()
  }
}

function seatTasks(
  setup: FrozenSetup,
  open: OpenPolicies,
  { tasks, cycle, first }: FrozenJob,
): Promise<Companions> {
  const begun = new Map<string, number>()
  const seatings = tasks.map(({ seating }) => seatsOfTask(setup, seating))
  return seatCompanions(open, setup.spec, seatings, (lane, name) => {
    const key = `${lane} ${name}`
    const episode = begun.get(key) ?? 0
    begun.set(key, episode + 1)
    return name === setup.options.policy
      ? stream(setup.seed, `student/${setup.slot}`, cycle, 'act', first + lane, episode)
      : stream(tasks[lane].seed, 'seat', name, episode)
  })
}

function startTasks(
  environment: Environment<unknown>,
  { tasks, autoReset }: FrozenJob,
  { levelOf }: Companions,
  observations: Readonly<Record<string, TypedArray>>,
): VectorEnv<unknown> {
  const { levels } = environment
  const drawn = new Int32Array(tasks.length)
  const env = steppable(environment, 'a frozen policy steps it').vector({
    slots: tasks.length,
    autoReset,
    nextLevel: (lane) =>
      levelOf(lane, levels.sample(stream(tasks[lane].seed, 'next', ++drawn[lane]))),
    stream: (lane) => stream(tasks[lane].seed, 'dynamics'),
    bots: true,
  })
  env.reset(
    tasks.map((_, lane) => lane),
    tasks.map(({ level }, lane) => levelOf(lane, levels.decode(level))),
    observations,
  )
  return env
}

async function playSteps(
  { spec, options }: FrozenSetup,
  { tasks, autoReset, record }: FrozenJob,
  env: VectorEnv<unknown>,
  companions: Companions,
  observations: Readonly<Record<string, TypedArray>>,
): Promise<PlayedTasks> {
  const rows = tasks.length * spec.agents
  const most = options.rollout.steps
  const rewards = new Float32Array(most * rows)
  const dones = new Uint8Array(most * rows)
  const values = new Float32Array((most + 1) * rows)
  const [terminated, truncated] = [new Uint8Array(rows), new Uint8Array(rows)]
  const actions = allocateActions(spec.actions, rows)
  const valuesAt = (t: number): Float32Array => values.subarray(t * rows, (t + 1) * rows)
  const recorded: PlayedStep[] = []
  const start = elapsedMs()
  let [envMs, t] = [0, 0]
  while (t < most) {
    await companions.act(observations, actions, valuesAt(t))
    const seen = record === true ? copies(observations) : null
    const before = elapsedMs()
    const own = rewards.subarray(t * rows, (t + 1) * rows)
    env.step(actions, { observations, rewards: own, terminated, truncated })
    envMs += elapsedMs() - before
    if (seen !== null)
      recorded.push({
        observations: seen,
        actions: actions.slice(),
        rewards: own,
        terminated: terminated.slice(),
        truncated: truncated.slice(),
      })
    let ended = 0
    for (let row = 0; row < rows; row++) {
      const done = terminated[row] | truncated[row]
      dones[t * rows + row] = done
      ended += done
      if (done === 0 || row % spec.agents !== 0) continue
      if (autoReset === 'none') companions.end(row / spec.agents)
      else companions.begin(row / spec.agents)
    }
    t++
    if (autoReset === 'none' && ended === rows) break
  }
  await companions.act(observations, actions, valuesAt(t))
  return { steps: t, rewards, dones, values, envMs, actMs: elapsedMs() - start - envMs, recorded }
}

const copies = (
  observations: Readonly<Record<string, TypedArray>>,
): Readonly<Record<string, TypedArray>> =>
  Object.fromEntries(Object.entries(observations).map(([name, data]) => [name, data.slice()]))
