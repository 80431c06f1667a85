import type { GalleryLevel } from '../../adversaries/contract.ts'
import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { StatisticName, TaskBatch } from '../../learners/contract.ts'
import { progressed, type RestartIntensity, restartIntensity } from '../kit/restart-intensity.ts'
import type { Cast } from './cast.ts'
import type { Measure, OutcomesReport, Traits } from './contract.ts'
import type { Cut, ExperimentEffects, ExperimentPlan, Spending } from './experiment-contract.ts'
import type { ServiceCounter, Unanswered } from './service-counter.ts'
import { type Cost, NOTHING_SPENT } from './spending.ts'

export interface ExperimentInput {
  readonly plan: ExperimentPlan
  readonly effects: ExperimentEffects
  /** Where to begin; null = at cycle 0. */
  readonly cut: Cut | null
  readonly epoch: number
}

/** An actor lost, and in which cycle. */
export interface Loss {
  readonly error: ErrorRecord
  readonly actor: ActorId
  readonly cycle: number
}

/** The experiment actor's bookkeeping. Mutable, private to that actor; everything that must last is in cuts. */
export interface Experiment {
  readonly plan: ExperimentPlan
  readonly effects: ExperimentEffects
  epoch: number
  cycle: number
  spent: Spending
  /** `spent` before the cycle at hand. */
  before: Spending
  /** The newest that is known to be on disk. */
  cut: Cut | null
  /** Settles when the cut that was last begun is on disk or has failed; never rejects. */
  writing: Promise<unknown>
  cast: Cast | null
  /** Who has yet to answer before the phase is over: actor ids, or keys of measurements. */
  awaited: Set<string>
  offers: Map<SlotId, readonly StatisticName[]>
  needs: readonly StatisticName[]
  /** Probes that the adversary may name. */
  probes: readonly string[]
  /** What each actor said it can do. */
  traits: Map<ActorId, Traits>
  policies: Map<SlotId, PolicyFile>
  snapshots: Map<ActorId, Snapshot>
  gallery: readonly GalleryLevel[]
  /** Measurements asked and not answered, to be asked again of a new evaluator. */
  asked: Map<string, Measure>
  metrics: Record<string, number>
  timings: Record<string, number>
  /** Gradient updates and environment steps of this cycle, by slot. */
  updates: Map<SlotId, number>
  steps: number
  /** Outcomes of this cycle, of all slots. */
  attempts: number
  /** What the answers of this cycle's asks cost, by the key of the ask. */
  costs: Map<string, Cost>
  /** Monotonic time at which the experiment was made, and the seconds that were spent before it. */
  readonly opened: number
  readonly secondsBefore: number
  /** Slots whose outcomes of this cycle have come. */
  reported: Set<SlotId>
  /** Of this cycle, where graders will see them before the adversary does. */
  readonly batches: Map<SlotId, TaskBatch>
  readonly reports: Map<SlotId, OutcomesReport>
  /** Null in a run without services. */
  counter: ServiceCounter | null
  /** To be told what goes wrong later. */
  tell: (event: Unanswered) => void
  cycleStarted: number
  solvedRate: Map<string, number>
  measures: Map<string, Readonly<Record<string, number>>>
  intensity: RestartIntensity
  /** The latest cycle that was ever completed, and the measurements ever answered: what comes again after going back is nothing new. */
  furthest: number
  readonly answered: Set<string>
  /** What began the losses that still count, inside the restart window or without progress since. */
  firstLoss: Loss | null
  /** Why the run last went back. */
  cause: ErrorRecord | null
  error: ErrorRecord | null
  stopping: boolean
}

export function openExperiment(input: ExperimentInput): Experiment {
  const { plan, effects, cut, epoch } = input
  return {
    plan,
    effects,
    epoch,
    cut,
    cycle: cut?.cycle ?? originOf(plan),
    spent: cut?.spent ?? NOTHING_SPENT,
    before: cut?.spent ?? NOTHING_SPENT,
    writing: Promise.resolve(),
    cast: null,
    awaited: new Set(),
    offers: new Map(),
    needs: [],
    probes: [],
    traits: new Map(),
    policies: new Map(),
    snapshots: new Map(),
    gallery: [],
    asked: new Map(),
    metrics: {},
    timings: {},
    updates: new Map(),
    steps: 0,
    attempts: 0,
    costs: new Map(),
    opened: effects.clock.now(),
    secondsBefore: cut?.spent.seconds ?? 0,
    reported: new Set(),
    batches: new Map(),
    reports: new Map(),
    counter: null,
    tell: () => {},
    cycleStarted: 0,
    solvedRate: new Map(),
    measures: new Map(),
    intensity: restartIntensity(plan.supervision.restarts, plan.supervision.windowMs),
    furthest: cut?.cycle ?? originOf(plan),
    answered: new Set(),
    firstLoss: null,
    cause: null,
    error: null,
    stopping: false,
  }
}

/** The cycle after which it begins. */
export const originOf = ({ origin }: ExperimentPlan): number => origin?.cycle ?? 0

/** A cycle is completed: progress where none came so far before. */
export function noteCompleted(run: Experiment): void {
  if (run.cycle <= run.furthest) return
  run.furthest = run.cycle
  run.intensity = progressed(run.intensity)
}

/** A measurement is answered: progress where it never was before. */
export function noteAnswered(run: Experiment, key: string): void {
  const measurement = `${run.cycle}/${key}`
  if (run.answered.has(measurement)) return
  run.answered.add(measurement)
  run.intensity = progressed(run.intensity)
}
