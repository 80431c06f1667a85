import { AgonError } from '../../core/errors.ts'
import { builtUrl } from '../../core/module.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import { checkSeating } from '../../seats/check-seating.ts'
import { policyFileOf } from '../../seats/policy-file-of.ts'
import type {
  AttemptReport,
  LearnReport,
  StatisticName,
  Student,
  StudentContext,
  TaskBatch,
} from '../contract.ts'
import { attemptReport } from '../rollout/attempt-report.ts'
import { elapsedMs } from '../stopwatch.ts'
import { type LearnerThreads, startLearnerThreads } from '../trainer/learner-threads.ts'
import { cutShards } from '../trainer/shards.ts'
import type { FrozenSetup, FrozenThread } from './frozen-jobs.ts'
import type { FrozenOptions } from './options.ts'
import { offeredStatistics } from './statistics.ts'

const KIND = 'frozen'
const VERSION = 1

/**
 * A student that attempts with a named policy and never learns.
 * @throws AgonError `seat/policy`, `policy/*`, `onnx/*`, or what the environment says
 */
export async function createFrozenStudent(
  options: FrozenOptions,
  context: StudentContext,
): Promise<Student> {
  const { seed, slot, environment, spec, policies = {} } = context
  if (!Object.hasOwn(policies, options.policy))
    throw new AgonError('seat/policy', `there is no policy '${options.policy}'`, {
      place: `student/${slot}`,
      remedy: 'name it under `policies`',
    })
  const setup: FrozenSetup = { seed, slot, environment, spec, options, policies }
  const critics: boolean[] = []
  const crew = await startLearnerThreads<FrozenThread>({
    entry: builtUrl(import.meta.url, './frozen.worker.js'),
    count: Math.min(context.workers, options.shards),
    owner: `student/${slot}`,
    open: async (thread) => {
      critics.push(await thread.call('open', setup))
    },
  })
  return new FrozenStudent(options, context, crew, critics[0])
}

class FrozenStudent implements Student {
  readonly offers: readonly StatisticName[]
  readonly exports: boolean
  readonly lost: Promise<never>
  readonly #options: FrozenOptions
  readonly #context: StudentContext
  readonly #crew: LearnerThreads<FrozenThread>
  readonly #file: PolicyFile | null

  constructor(
    options: FrozenOptions,
    context: StudentContext,
    crew: LearnerThreads<FrozenThread>,
    critic: boolean,
  ) {
    const named = context.policies?.[options.policy]
    this.#file = policyFileOf(named) ?? null
    this.#options = options
    this.#context = context
    this.#crew = crew
    this.offers = offeredStatistics(critic)
    this.exports = this.#file !== null
    this.lost = crew.lost
  }

  async attempt(batch: TaskBatch): Promise<AttemptReport> {
    const start = elapsedMs()
    this.#check(batch)
    const { cycle, tasks, autoReset, policies, record } = batch
    const asked = {
      ...(policies === undefined ? {} : { policies }),
      ...(record === undefined ? {} : { record }),
    }
    const ranges = cutShards(tasks.length, this.#options.shards)
    const reports = await this.#crew.byShard(ranges.length, (thread, shard) => {
      const { from, to } = ranges[shard]
      const own = tasks.slice(from, to).map(({ level, seed, seating }) => ({
        level,
        seed,
        ...(seating === undefined ? {} : { seating }),
      }))
      return thread.call('attempt', { cycle, first: from, tasks: own, autoReset, ...asked })
    })
    const steps = reports.reduce((sum, { envSteps }) => sum + envSteps, 0)
    return attemptReport(batch, reports, steps, elapsedMs() - start)
  }

  async learn(): Promise<LearnReport> {
    return { gradientUpdates: 0, metrics: {}, timings: {} }
  }

  async exportPolicy(): Promise<PolicyFile> {
    if (this.#file !== null) return this.#file
    throw new AgonError('policy/missing', `'${this.#options.policy}' is not a policy file`)
  }

  async snapshot(): Promise<Snapshot> {
    return { kind: KIND, version: VERSION, state: {}, tensors: {} }
  }

  async restore({ kind, version }: Snapshot): Promise<void> {
    if (kind !== KIND || version !== VERSION)
      throw new AgonError('snapshot/foreign', `the snapshot is of '${kind}', not of '${KIND}'`)
  }

  async close(): Promise<void> {
    await this.#crew.close()
  }

  /** @throws AgonError `learner/probe`, `seat/unknown`, `seat/policy` */
  #check({ tasks, probes, slot }: TaskBatch): void {
    const { spec, policies = {} } = this.#context
    if (probes.length > 0)
      throw new AgonError(
        'learner/probe',
        `a frozen student runs no probes ('${probes[0].name}')`,
        {
          place: slot,
          remedy: 'use an adversary without probes',
        },
      )
    for (const { id, seating } of tasks)
      if (seating !== undefined)
        checkSeating(seating, spec, Object.keys(policies), `task ${id} of slot '${slot}'`)
  }
}
