import type { AskLimits } from '../../src/actors/kit/asking/contract.ts'
import type { FromEvaluator, RoleSeed, ToEvaluator } from '../../src/actors/roles/contract.ts'
import type {
  Cut,
  ExperimentEffects,
  ExperimentPlan,
  ExperimentResult,
  ReplyRecord,
  ReplyStore,
} from '../../src/actors/roles/experiment-contract.ts'
import { hostInProcess } from '../../src/actors/roles/host.ts'
import { type RunningExperiment, startExperiment } from '../../src/actors/roles/start-experiment.ts'
import type { Channel } from '../../src/actors/transport/contract.ts'
import { inProcessChannel } from '../../src/actors/transport/in-process.ts'
import { openLink } from '../../src/actors/transport/link.ts'
import { manualClock } from '../../src/core/clock.ts'
import { AgonError } from '../../src/core/errors.ts'
import { type ActorId, slotId } from '../../src/core/ids.ts'
import { realTimers } from '../../src/core/timers.ts'
import type { EnvironmentSpec } from '../../src/envs/contract.ts'
import type { EvaluationReport } from '../../src/evaluation/contract.ts'
import type { PolicyFile } from '../../src/inference/contract.ts'
import type { Answer } from '../../src/services/contract.ts'

// A whole experiment over toy actors, in memory: with the means to kill any of them at any moment.

const fixture = (name: string): string =>
  new URL(`../fixtures/toy/${name}.mjs`, import.meta.url).href
const environment = { module: fixture('environment'), options: {} }

/** An evaluator that answers at once with the size of the policy. */
function hostFakeEvaluator(epoch: number): ReturnType<typeof hostInProcess> {
  const { near, far, fail } = inProcessChannel()
  const link = openLink<ToEvaluator, FromEvaluator>(far, epoch, {
    onMessage: (message) => {
      if (message.type !== 'measure') return
      const report = {
        suite: message.request.suite,
        solvedRate: (message.policy?.onnx.length ?? 0) / 100,
        meanReturn: 0,
        levels: [],
      } as unknown as EvaluationReport
      setImmediate(() => link.send({ type: 'measured', key: message.key, report }))
    },
    onLost: () => {},
  })
  setImmediate(() => link.send({ type: 'hello', role: 'evaluator' }))
  return { channel: near, fail }
}

export interface KeptReply extends ReplyRecord {
  readonly answer: Answer
}

/** Replies as a run directory keeps them, in memory. */
function memoryReplies(
  journal: Record<string, unknown>[],
  kept: Map<string, KeptReply>,
): ReplyStore {
  return {
    find(key, question) {
      const found = kept.get(key)
      return found?.question === question ? found.answer : null
    },
    keep(record, answer) {
      journal.push({ kind: 'reply', ...record })
      const whole = structuredClone(answer)
      kept.set(record.key, { ...record, answer: whole })
      return whole
    },
    costs: (service, cycle) =>
      [...kept.values()]
        .filter((one) => one.service === service && one.cycle <= cycle)
        .map(({ answer: { cost = {} } }) => cost),
    past(service) {
      const of = [...kept.values()].filter((one) => one.service === service)
      const most = (what: 'seconds' | 'retries'): number =>
        Math.max(0, ...of.map((one) => one[what]))
      return { seconds: most('seconds'), retries: most('retries') }
    },
  }
}

const LIMITS: AskLimits = { concurrency: 4, deadlineSeconds: 60, retries: 3 }

function servicesOf({
  services,
  limits,
  graders,
}: TrialOptions): Pick<ExperimentPlan, 'services' | 'limits' | 'graders'> {
  if (services === undefined) return {}
  return {
    services: Object.entries(services).map(([name, options]) => ({
      ...{ role: 'service', name, module: fixture('service'), seed: 3, environment, workers: 1 },
      options: {
        ...{ stateful: false, deterministic: true, turns: 0, fail: '', secret: false },
        ...options,
      },
      traits: { stateful: options.stateful === true, deterministic: true },
    })),
    limits: Object.fromEntries(
      Object.keys(services).map((name) => [name, { ...LIMITS, ...limits }]),
    ),
    ...(graders === undefined ? {} : { graders }),
  }
}

export interface Trial {
  readonly stored: string[]
  readonly rows: Map<number, string>
  readonly journal: Record<string, unknown>[]
  readonly cuts: Cut[]
  readonly result: ExperimentResult
  readonly opened: ActorId[]
  /** Every message to each actor, in order. */
  readonly told: ReadonlyMap<ActorId, readonly unknown[]>
  /** Causes of going back, as the journal has them. */
  readonly restarts: ActorId[]
}

export interface TrialOptions {
  readonly slots?: readonly string[]
  readonly student?: Record<string, unknown>
  readonly adversary?: Record<string, unknown>
  /** By name: options of the toy service. */
  readonly services?: Readonly<Record<string, Record<string, unknown>>>
  readonly limits?: Partial<AskLimits>
  readonly graders?: readonly string[]
  /** Replies that were kept before, as by a run that was killed. */
  readonly replies?: Map<string, KeptReply>
  readonly cycles?: number
  readonly origin?: ExperimentPlan['origin']
  /** Instead of cycles. */
  readonly budget?: ExperimentPlan['budget']
  readonly restarts?: number
  readonly answerMs?: number
  readonly evaluateEvery?: number
  readonly clock?: ReturnType<typeof manualClock>
  /** Goes on from the last cut of another trial, with its rows. */
  readonly from?: Trial
  /** Turns of the event loop that writing a cut takes; may throw. */
  readonly writing?: (cycle: number) => number
  /** Called before an actor is opened; may throw. */
  readonly onOpen?: (actor: ActorId) => void
  /** What `loadCut` finds; the newest cut by default. */
  readonly load?: (cuts: readonly Cut[]) => Cut | null
  /** Called once, when the experiment has been started. */
  readonly onStart?: (kill: (actor: ActorId) => void, run: RunningExperiment) => void
  /** Called whenever something is measured, before the answer is heard of. */
  readonly onProgress?: (kill: (actor: ActorId) => void, run: RunningExperiment) => void
  /** Called at each row with the means to kill actors and to stop. */
  readonly onCycle?: (cycle: number, kill: (actor: ActorId) => void, run: RunningExperiment) => void
}

export async function trial(options: TrialOptions = {}): Promise<Trial> {
  const rows = new Map<number, string>(options.from?.rows)
  const stored: string[] = []
  const journal: Record<string, unknown>[] = []
  const cuts: Cut[] = [...(options.from?.cuts ?? [])]
  const restarts: ActorId[] = []
  let writing = false
  const opened: ActorId[] = []
  const told = new Map<ActorId, unknown[]>()
  const initial = new Map<string, PolicyFile>()
  const lines = new Map<ActorId, (error: unknown) => void>()
  const slots = (options.slots ?? ['agent']).map(slotId)
  const plan: ExperimentPlan = {
    students: slots.map((slot) => ({
      role: 'student',
      slot,
      module: fixture('student'),
      options: { tasks: 4, offers: ['return', 'length'], failAt: 0, ...options.student },
      count: 4,
      seed: 3,
      environment,
      spec: {} as EnvironmentSpec,
      workers: 1,
      training: {},
    })),
    adversary: {
      role: 'adversary',
      module: fixture(options.services === undefined ? 'adversary' : 'asking-adversary'),
      options:
        options.services === undefined
          ? { replay: 0.5, equal: true, ...options.adversary }
          : { service: 'judge', questions: 3, ...options.adversary },
      seed: 3,
      environment,
      slots,
    },
    evaluator: { role: 'evaluator', workers: 1 },
    ...servicesOf(options),
    budget: options.budget ?? { cycles: options.cycles ?? 12 },
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    evaluation: {
      request: { environment, suite: 'toy/all', episodes: 1, seed: 0 },
      every: options.evaluateEvery ?? 0,
    },
    final:
      options.evaluateEvery === undefined
        ? null
        : { environment, suite: 'toy/all', episodes: 2, seed: 0 },
    cutEvery: 3,
    supervision: {
      restarts: options.restarts ?? 100,
      windowMs: 60_000,
      answerMs: options.answerMs ?? 60_000,
      startMs: 60_000,
    },
  }
  const kill = (actor: ActorId): void =>
    lines.get(actor)?.(new AgonError('worker/lost', `${actor} was killed by the test`))
  let running: RunningExperiment
  const effects: ExperimentEffects = {
    clock: options.clock ?? manualClock(),
    open(actor: ActorId, seed: RoleSeed, epoch: number): Channel {
      options.onOpen?.(actor)
      const host = seed.role === 'evaluator' ? hostFakeEvaluator : null
      const { channel, fail } = host === null ? hostInProcess(seed, epoch) : host(epoch)
      opened.push(actor)
      const heard = told.get(actor) ?? []
      told.set(actor, heard)
      const { post } = channel
      channel.post = (envelope) => {
        heard.push(envelope.body)
        post.call(channel, envelope)
      }
      lines.set(actor, fail)
      if (actor === 'evaluator') setImmediate(() => options.onProgress?.(kill, running))
      return channel
    },
    async writeCut(cut) {
      const turns = options.writing?.(cut.cycle) ?? 0
      writing = true
      const copy = structuredClone(cut)
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
      writing = false
      cuts.push(copy)
      return `cuts/${cut.cycle}`
    },
    async loadCut() {
      if (writing) throw new Error('a cut is read while one is being written')
      return options.load === undefined ? (cuts.at(-1) ?? null) : options.load(cuts)
    },
    rewind: (cycle) => {
      for (const known of [...rows.keys()]) if (known > cycle) rows.delete(known)
    },
    record(row) {
      const { epoch: _, timings: __, ...exact } = row
      rows.set(row.spent.cycles, JSON.stringify(exact))
      options.onCycle?.(row.spent.cycles, kill, running)
    },
    journal: (record) => journal.push(record),
    keepInitial: (policies) => {
      for (const [slot, policy] of policies) initial.set(slot, policy)
    },
    initial: (slot) => initial.get(slot) ?? null,
    storeEvaluation: (slot, when, report) => stored.push(`${when} ${slot} ${report.solvedRate}`),
    asking: { timers: realTimers, replies: memoryReplies(journal, options.replies ?? new Map()) },
    progress: (event) => {
      if (event.kind === 'evaluation') options.onProgress?.(kill, running)
      if (event.kind === 'restart') restarts.push(event.actor)
    },
  }
  running = startExperiment({ plan, effects, cut: options.from?.cuts.at(-1) ?? null, epoch: 1 })
  options.onStart?.(kill, running)
  return { rows, stored, journal, cuts, opened, told, restarts, result: await running.result }
}
