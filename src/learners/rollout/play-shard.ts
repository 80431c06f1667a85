import { actionWidth, boundActions, choiceCounts } from '../../core/action-space.ts'
import { stream } from '../../core/random.ts'
import type {
  ActionArray,
  Environment,
  StepBuffers,
  VectorEnv,
  WatchedLanes,
} from '../../envs/contract.ts'
import type { Session } from '../../inference/session-contract.ts'
import type { Companions } from '../../seats/contract.ts'
import type { SupposedSteps } from '../returns/gae.ts'
import { writeUncertainty } from '../returns/uncertainty.ts'
import { elapsedMs } from '../stopwatch.ts'
import type { ActBuffers } from './act-buffers.ts'
import { clearFinals, writeFinalValues } from './final-values.ts'
import type { Lanes } from './lanes.ts'
import { openEpisodes } from './open-episodes.ts'
import { type EpisodeExtras, type NamedProbe, type Probing, startProbing } from './probing.ts'
import type { RolloutJob } from './rollout-job.ts'
import type { ShardViews } from './shard-views.ts'
import { type Supposing, startSupposing } from './supposing.ts'
import type { Turn } from './turns.ts'

/** What a shard is played with. */
export interface RolloutContext {
  readonly environment: Environment<unknown>
  readonly session: Session
  readonly views: ShardViews
  readonly buffers: ActBuffers
  readonly seed: number
  readonly slot: string
  /** Of the batch; none where every step may train. */
  readonly probes: readonly NamedProbe[]
  /** Who sits in the seats that are not the student's. */
  readonly companions?: Companions
  /** Episodes that go on from cycle to cycle; absent: fresh ones, which end with the shard. */
  readonly lanes?: Lanes
  /** Where others play on this thread while the environment steps; absent: nobody does. */
  readonly turn?: Turn
}

export interface PlayedShard {
  /** Milliseconds spent in the environment and in probes. */
  readonly envMs: number
  /** Only under probes. */
  readonly extras?: EpisodeExtras
  /** Only under a probe that supposes. */
  readonly supposed?: SupposedSteps
}

/**
 * Plays one shard to the end of the trajectory and writes its columns up to the value after the last step. Carries
 * start at zero, or where the lanes have them, and are zeroed where an episode ends. Weights are written under probes alone.
 */
export async function playShard(of: RolloutContext, job: RolloutJob): Promise<PlayedShard> {
  const noise = drawNoise(of, job)
  const before = elapsedMs()
  const env = of.lanes === undefined ? startEpisodes(of, job) : goOn(of.lanes, of.views)
  const rows = job.range.to - job.range.from
  const probing =
    of.probes.length === 0 ? null : startProbing(of.probes, env.slots, rows, watchedBy(of, job))
  probing?.begin(of.views.steps[0].observations)
  const supposing =
    probing?.supposed === undefined
      ? undefined
      : startSupposing(probing.supposed, of.environment.spec, of.views.steps.length, job.range.from)
  const startMs = elapsedMs() - before
  try {
    const envMs = startMs + (await playSteps(of, job, env, noise, probing, supposing))
    if (probing === null) return { envMs }
    const extras = probing.extras()
    return { envMs, extras, ...(supposing === undefined ? {} : { supposed: supposing.steps }) }
  } finally {
    probing?.close()
    if (of.lanes === undefined) env.close?.()
  }
}

async function playSteps(
  { environment, session, views, buffers, companions, lanes, turn }: RolloutContext,
  { range, tasks }: RolloutJob,
  env: VectorEnv<unknown>,
  noise: Float32Array,
  probing: Probing | null,
  supposing: Supposing | undefined,
): Promise<number> {
  const columns = range.to - range.from
  const agents = columns / tasks.length
  const { actions } = environment.spec
  const drawn = columns * actionWidth(actions)
  const counts = choiceCounts(actions)
  let envMs = 0
  if (lanes === undefined) buffers.clearCarry()
  else buffers.putCarry(lanes.carry)
  clearFinals(views.finals)
  for (let t = 0; t < views.steps.length; t++) {
    const view = views.steps[t]
    const side = buffers.sides[t & 1]
    buffers.observe(view.observations)
    buffers.noise.set(noise.subarray(t * drawn, (t + 1) * drawn))
    await session.run(side.inputs, side.outputs)
    view.actions.set(buffers.action)
    if (buffers.bounded !== buffers.action) boundActions(actions, buffers.action, buffers.bounded)
    await companions?.act(view.observations, buffers.bounded)
    view.logProb.set(buffers.logProb)
    view.values.set(buffers.value)
    // Before other rows are asked about: final values come from the same session.
    if (view.uncertainty !== undefined && buffers.logits !== undefined)
      writeUncertainty(buffers.logits, counts, view.uncertainty)
    if (buffers.critics !== undefined) view.critics?.set(buffers.critics)
    if (t > 0) supposing?.settle(t - 1, buffers.value)
    const before = elapsedMs()
    probing?.mask(view.weights)
    envMs -= await step(env, buffers.bounded, view.buffers, turn)
    probing?.step(buffers.bounded, view.buffers)
    envMs += elapsedMs() - before
    const next = buffers.sides[(t + 1) & 1]
    await writeFinalValues(view, session, buffers, next)
    await supposing?.write(t, view, session, buffers, next)
    for (let row = 0; row < columns; row++) {
      view.dones[row] = view.buffers.terminated[row] | view.buffers.truncated[row]
      if (view.dones[row] === 1) side.resetRow(row)
      if (view.dones[row] === 0 || row % agents !== 0) continue
      companions?.begin(row / agents)
      if (lanes !== undefined) lanes.followed[row / agents]++
    }
  }
  const last = buffers.sides[views.steps.length & 1]
  buffers.observe(views.last.observations)
  await session.run(last.inputs, last.outputs)
  views.last.values.set(buffers.value)
  supposing?.settle(views.steps.length - 1, buffers.value)
  if (lanes !== undefined) leave(lanes, views, buffers)
  return envMs
}

/** Milliseconds of it in which others had their turn. */
async function step(
  env: VectorEnv<unknown>,
  actions: ActionArray,
  out: StepBuffers,
  turn: Turn | undefined,
): Promise<number> {
  if (turn === undefined || env.begin === undefined || env.end === undefined) {
    env.step(actions, out)
    return 0
  }
  env.begin(actions)
  const begun = elapsedMs()
  await turn.pass()
  const away = elapsedMs() - begun
  env.end(out)
  return away
}

/** What probes may know of the lanes of a shard: the levels where all episodes of a lane are on its task's, and a stream of their own. */
function watchedBy(
  { lanes }: RolloutContext,
  { autoReset, tasks }: RolloutJob,
): (name: string) => WatchedLanes {
  const stays = lanes === undefined && autoReset !== 'next-level'
  const levels = stays ? tasks.map(({ level }) => level) : undefined
  return (name) => ({
    ...(levels === undefined ? {} : { levels }),
    stream: (lane) => stream(tasks[lane].seed, 'probe', name),
  })
}

/** The lanes' observations as the first of the shard. */
function goOn({ env, observations }: Lanes, { steps }: ShardViews): VectorEnv<unknown> {
  for (const name in observations)
    (steps[0].observations[name] as Uint8Array).set(observations[name] as Uint8Array)
  return env
}

function leave(lanes: Lanes, { steps, last }: ShardViews, buffers: ActBuffers): void {
  for (const name in lanes.observations)
    (lanes.observations[name] as Uint8Array).set(last.observations[name] as Uint8Array)
  buffers.takeCarry(steps.length & 1, lanes.carry)
}

/**
 * A fresh vector environment each time: nothing of an earlier cycle can leak into this one, so a resumed run has the
 * same bits.
 */
function startEpisodes(of: RolloutContext, job: RolloutJob): VectorEnv<unknown> {
  const { levels } = of.environment
  const env = openEpisodes({
    environment: of.environment,
    seeds: job.tasks.map(({ seed }) => seed),
    autoReset: job.autoReset,
    drawn: new Int32Array(job.tasks.length),
    bots: of.companions !== undefined,
    ...(of.companions === undefined ? {} : { levelOf: of.companions.levelOf }),
    finals: of.views.finals !== undefined,
  })
  env.reset(
    job.tasks.map((_, slot) => slot),
    job.tasks.map(({ level }, lane) => {
      const decoded = levels.decode(level)
      return of.companions === undefined ? decoded : of.companions.levelOf(lane, decoded)
    }),
    of.views.steps[0].observations,
  )
  return env
}

/** Uniforms `[T, columns, n]`; a column's stream is its own, whichever shard it falls into. */
function drawNoise(of: RolloutContext, job: RolloutJob): Float32Array {
  const { from, to } = job.range
  const columns = to - from
  const steps = of.views.steps.length
  const width = actionWidth(of.environment.spec.actions)
  const noise = new Float32Array(steps * columns * width)
  for (let column = from; column < to; column++) {
    const random = stream(of.seed, `student/${of.slot}`, job.cycle, 'act', column)
    for (let t = 0; t < steps; t++)
      for (let i = 0; i < width; i++)
        noise[(t * columns + column - from) * width + i] = random.uniform()
  }
  return noise
}
