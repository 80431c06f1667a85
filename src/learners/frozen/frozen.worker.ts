import { actionShape } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { tensor } from '../../core/tensor.ts'
import type { Environment } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import { zeroState } from '../../inference/policy.ts'
import { exposeWorker } from '../../inference/worker-expose.ts'
import { ownSeats } from '../../seats/check-seating.ts'
import { type OpenPolicies, openPolicies } from '../../seats/open-policies.ts'
import { seenThrough } from '../../seats/view-of.ts'
import type { EpisodeSummary } from '../contract.ts'
import { estimateAdvantages } from '../returns/gae.ts'
import { summariseTask } from '../returns/summaries.ts'
import { recordTasks } from '../rollout/record-tasks.ts'
import { elapsedMs } from '../stopwatch.ts'
import { firstNonFinite, notFinite } from '../trainer/not-finite.ts'
import type { FrozenJob, FrozenReport, FrozenSetup, FrozenThread } from './frozen-jobs.ts'
import { type PlayedTasks, playTasks } from './play-tasks.ts'
import { plainSummary } from './statistics.ts'

// One thread of a frozen student. It keeps nothing that decides a result.

interface Opened {
  readonly setup: FrozenSetup
  readonly environment: Environment<unknown>
  readonly policies: OpenPolicies
  readonly critic: boolean
}

let opened: Opened | null = null

const api: FrozenThread = {
  async open(setup) {
    const environment = await loadEnvironment(setup.environment)
    const policies = openPolicies(environment, setup.policies)
    const critic = await hasCritic(policies, setup)
    opened = { setup, environment, policies, critic }
    return critic
  },
  async attempt(job) {
    if (opened === null) throw new AgonError('learner/order', 'the thread has no policy yet')
    const start = elapsedMs()
    const { setup, environment, policies } = opened
    await policies.renew(job.cycle, job.policies)
    const played = await playTasks(setup, environment, policies, job)
    const { steps, actMs, envMs } = played
    return {
      episodes: summarise(opened, played, job),
      solvable: environment.solvedAbove < Number.POSITIVE_INFINITY,
      actMs,
      envMs,
      totalMs: elapsedMs() - start,
      envSteps: steps * job.tasks.length,
      ...(job.record === true
        ? {
            recorded: recordTasks(
              environment,
              played.recorded,
              job.tasks,
              job.autoReset,
              job.first,
            ),
          }
        : {}),
    } satisfies FrozenReport
  },
  async close() {
    await opened?.policies.close()
  },
}

/** One row of nothing tells: cards do not say. */
async function hasCritic(
  policies: OpenPolicies,
  { spec, options, policies: named }: FrozenSetup,
): Promise<boolean> {
  const own = named[options.policy]
  // A student's policy comes with the first tasks.
  if (own.kind === 'slot') return own.critic === true
  const found = await policies.get(options.policy)
  if (found.kind === 'bot') return false
  const { policy, view } = found
  const { card } = policy
  const shown = Object.fromEntries(
    Object.entries(spec.observations).map(([name, { dtype, shape }]) => [
      name,
      tensor(dtype, [1, ...shape]),
    ]),
  )
  const seen = seenThrough(view, card, shown)
  seen.mask?.data.fill(1)
  const noise = tensor('float32', [1, ...actionShape(spec.actions)])
  const { value } = await policy.act({
    rows: 1,
    ...seen,
    state: zeroState(card, 1),
    noise,
  })
  return value !== undefined
}

function summarise(
  { setup, environment, critic }: Opened,
  played: PlayedTasks,
  { tasks, cycle, autoReset }: FrozenJob,
): EpisodeSummary[][] {
  const { spec, options } = setup
  const rows = tasks.length * spec.agents
  const used = { ...played, stride: rows }
  checkRewards(used, cycle)
  const rule = {
    discount: options.discount,
    lambda: options.gaeLambda,
    bootstrap: 'value' as const,
  }
  const advantages = new Float32Array(played.steps * rows)
  estimateAdvantages(used, rule, 0, rows, advantages, new Float32Array(advantages.length))
  const context = {
    ...used,
    advantages,
    weights: new Float32Array(advantages.length).fill(1),
    rule,
    studentVersion: 0,
    solvedAbove: environment.solvedAbove,
  }
  return tasks.map(({ seating }, i) => {
    const own = ownSeats(spec, seating)
    const seats = Object.keys(own).length === 0 ? spec.seats : own
    const episodes = summariseTask(context, seats, i * spec.agents)
    // What has ended stays ended: no step after it counts.
    const counted =
      autoReset === 'none' ? episodes.filter(({ episode }) => episode === 0) : episodes
    return critic ? counted : counted.map(plainSummary)
  })
}

function checkRewards(
  { rewards, steps, stride }: PlayedTasks & { readonly stride: number },
  cycle: number,
): void {
  const at = firstNonFinite(rewards, 0, steps * stride)
  if (at < 0) return
  const [step, column] = [Math.floor(at / stride), at % stride]
  throw notFinite('rewards', rewards[at], { cycle, step, column })
}

exposeWorker(api)
