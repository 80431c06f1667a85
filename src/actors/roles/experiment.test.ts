import { describe, expect, it } from 'vitest'
import { manualClock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { type ActorId, actorId, slotId } from '../../core/ids.ts'
import { stream } from '../../core/random.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { EvaluationReport } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { Channel } from '../transport/contract.ts'
import { inProcessChannel } from '../transport/in-process.ts'
import { openLink } from '../transport/link.ts'
import type { FromEvaluator, RoleSeed, ToEvaluator } from './contract.ts'
import type {
  Cut,
  ExperimentEffects,
  ExperimentPlan,
  ExperimentResult,
} from './experiment-contract.ts'
import { hostInProcess } from './host.ts'
import { type RunningExperiment, startExperiment } from './start-experiment.ts'

const fixture = (name: string): string =>
  new URL(`../../../tests/fixtures/toy/${name}.mjs`, import.meta.url).href
const environment = { module: fixture('environment'), options: {} }

/** An evaluator that answers at once with the size of the policy. */
function hostFakeEvaluator(epoch: number): ReturnType<typeof hostInProcess> {
  const { near, far, fail } = inProcessChannel()
  const link = openLink<ToEvaluator, FromEvaluator>(far, epoch, {
    onMessage: (message) => {
      if (message.type !== 'measure') return
      const report = {
        suite: message.request.suite,
        solvedRate: message.policy.onnx.length / 100,
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

interface Trial {
  readonly stored: string[]
  readonly rows: Map<number, string>
  readonly journal: Record<string, unknown>[]
  readonly cuts: Cut[]
  readonly result: ExperimentResult
  readonly opened: ActorId[]
}

interface TrialOptions {
  readonly slots?: readonly string[]
  readonly student?: Record<string, unknown>
  readonly adversary?: Record<string, unknown>
  readonly cycles?: number
  readonly restarts?: number
  readonly evaluateEvery?: number
  /** Called whenever something is measured, before the answer is heard of. */
  readonly onProgress?: (kill: (actor: ActorId) => void) => void
  /** Called at each row with the means to kill actors and to stop. */
  readonly onCycle?: (cycle: number, kill: (actor: ActorId) => void, run: RunningExperiment) => void
}

async function trial(options: TrialOptions = {}): Promise<Trial> {
  const rows = new Map<number, string>()
  const stored: string[] = []
  const journal: Record<string, unknown>[] = []
  const cuts: Cut[] = []
  const opened: ActorId[] = []
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
      module: fixture('adversary'),
      options: { replay: 0.5, equal: true, ...options.adversary },
      seed: 3,
      environment,
      slots,
    },
    evaluator: { role: 'evaluator', workers: 1 },
    budget: { cycles: options.cycles ?? 12 },
    evaluation: {
      request: { environment, suite: 'toy/all', episodes: 1, seed: 0 },
      every: options.evaluateEvery ?? 0,
    },
    final:
      options.evaluateEvery === undefined
        ? null
        : { environment, suite: 'toy/all', episodes: 2, seed: 0 },
    cutEvery: 3,
    supervision: { restarts: options.restarts ?? 100, windowMs: 60_000 },
  }
  const kill = (actor: ActorId): void =>
    lines.get(actor)?.(new AgonError('worker/lost', `${actor} was killed by the test`))
  let running: RunningExperiment
  const effects: ExperimentEffects = {
    clock: manualClock(),
    open(actor: ActorId, seed: RoleSeed, epoch: number): Channel {
      const host = seed.role === 'evaluator' ? hostFakeEvaluator : null
      const { channel, fail } = host === null ? hostInProcess(seed, epoch) : host(epoch)
      opened.push(actor)
      lines.set(actor, fail)
      if (actor === 'evaluator') setImmediate(() => options.onProgress?.(kill))
      return channel
    },
    async writeCut(cut) {
      cuts.push(structuredClone(cut))
      return `cuts/${cut.cycle}`
    },
    loadCut: async () => cuts.at(-1) ?? null,
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
    progress: ({ kind }) => {
      if (kind === 'evaluation') options.onProgress?.(kill)
    },
  }
  running = startExperiment({ plan, effects, cut: null, epoch: 1 })
  return { rows, stored, journal, cuts, opened, result: await running.result }
}

describe('experiment', () => {
  it('runs its cycles, records each once and cuts where it should', async () => {
    const { rows, cuts, result } = await trial()
    expect(result).toMatchObject({
      status: 'finished',
      spent: { cycles: 12, gradientUpdates: 12, envSteps: 48 },
    })
    expect([...rows.keys()]).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(cuts.map((cut) => cut.cycle)).toEqual([3, 6, 9, 12])
    expect(Object.keys(cuts[0].snapshots).sort()).toEqual(['adversary', 'student/agent'])
    expect(cuts[0].gallery.length).toBe(1)
  })

  it('comes to the same rows and the same last cut when actors are lost at random cycles', async () => {
    const calm = await trial({ cycles: 20 })
    for (let schedule = 0; schedule < 20; schedule++) {
      const draw = stream('faults', schedule)
      let kills = 0
      const stormy = await trial({
        cycles: 20,
        onCycle: (_, kill) => {
          if (draw.uniform() > 0.2) return
          kills += 1
          const victim = draw.integer(2) === 0 ? 'adversary' : 'student/agent'
          // Not in this very turn: somewhere inside the next cycle.
          const turns = draw.integer(6)
          const later = (left: number): void => {
            if (left === 0) kill(actorId(victim))
            else setImmediate(() => later(left - 1))
          }
          later(turns)
        },
      })
      expect(stormy.result.status).toBe('finished')
      expect([...stormy.rows]).toEqual([...calm.rows])
      expect({ ...stormy.cuts.at(-1), epoch: 0 }).toEqual({ ...calm.cuts.at(-1), epoch: 0 })
      const went = stormy.journal.filter(({ kind }) => kind === 'resumed')
      if (kills > 0) expect(went.length).toBeGreaterThan(0)
    }
  })

  it('asks a new evaluator again when the old one is lost, and measures each thing once', async () => {
    const calm = await trial({ evaluateEvery: 3 })
    expect(calm.stored.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'baseline agent',
      'final agent',
    ])
    expect(JSON.parse(calm.rows.get(3) as string).metrics).toHaveProperty(
      'evaluation/toy/all/solved_rate',
    )
    let kills = 0
    const stormy = await trial({
      evaluateEvery: 3,
      onProgress: (kill) => {
        if (++kills <= 4) kill(actorId('evaluator'))
      },
    })
    expect(kills).toBeGreaterThan(4)
    expect(stormy.opened.filter((actor) => actor === 'evaluator').length).toBeGreaterThan(1)
    expect([...stormy.rows]).toEqual([...calm.rows])
    expect(stormy.stored).toEqual(calm.stored)
  })

  it('gives up past the restart intensity and shows the first error', async () => {
    const { result } = await trial({
      restarts: 2,
      onCycle: (_, kill) => setImmediate(() => kill(actorId('student/agent'))),
    })
    expect(result.status).toBe('failed')
    expect(result.error).toMatchObject({ code: 'worker/lost', fields: { actor: 'student/agent' } })
  })

  it('does not try bad numbers again, and names cycle and last good cut', async () => {
    const { result, opened } = await trial({ student: { failAt: 8 } })
    expect(result.status).toBe('failed')
    expect(result.error).toMatchObject({ fields: { cycle: 8, lastCut: 6, actor: 'student/agent' } })
    expect(result.error?.message).toBe('cycle 8, student/agent: the loss is NaN')
    expect(result.error?.remedy).toContain('cycle 6')
    expect(opened).toEqual(['student/agent', 'adversary'])
  })

  it('gives two slots equal levels, or different ones', async () => {
    const digests = async (equal: boolean): Promise<unknown[][]> => {
      const { journal, result } = await trial({
        slots: ['antagonist', 'protagonist'],
        adversary: { equal },
        cycles: 3,
      })
      expect(result.spent).toEqual({ cycles: 3, gradientUpdates: 3, envSteps: 24 })
      return journal
        .filter(({ kind }) => kind === 'outcomes.report')
        .map(({ cycle, slot, sha256 }) => [cycle, slot, sha256])
    }
    const equal = await digests(true)
    expect(equal.map(([cycle, slot]) => [cycle, slot])).toHaveLength(6)
    const different = await digests(false)
    expect(different).not.toEqual(equal)
  })

  it('refuses a student without the statistics that the adversary needs, by name', async () => {
    const { result } = await trial({ student: { offers: ['length'] } })
    expect(result.error).toMatchObject({ code: 'run/incompatible' })
    expect(result.error?.message).toBe(
      "the adversary needs return, which the student in slot 'agent' does not offer",
    )
  })

  it('cuts and stops at the next cycle boundary when asked', async () => {
    const { result, cuts } = await trial({
      cycles: 1000,
      onCycle: (cycle, _, run) => {
        if (cycle === 5) run.stop()
      },
    })
    expect(result.status).toBe('stopped')
    expect(cuts.at(-1)?.cycle).toBe(result.spent.cycles)
    expect(result.spent.cycles).toBeLessThan(8)
  })
})
