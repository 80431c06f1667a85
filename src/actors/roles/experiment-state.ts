import type { GalleryLevel, LevelReport } from '../../adversaries/contract.ts'
import type { Attempt } from '../../adversaries/grid/contract.ts'
import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { StatisticName, TaskBatch } from '../../learners/contract.ts'
import type { Answer } from '../../services/contract.ts'
import { progressed, type RestartIntensity, restartIntensity } from '../kit/restart-intensity.ts'
import type { Measure, OutcomesReport, Traits } from './contract.ts'
import type { Cut, ExperimentPlan, Spending } from './experiment-contract.ts'
import { budgetDone, type Cost, NOTHING_SPENT } from './spending.ts'

/** An actor lost, and in which cycle. */
export interface Loss {
  readonly error: ErrorRecord
  readonly actor: ActorId
  readonly cycle: number
}

/** The experiment's bookkeeping: a record that is never changed, only followed by another. What must last is in cuts. */
export interface Experiment {
  readonly plan: ExperimentPlan
  readonly epoch: number
  readonly cycle: number
  readonly spent: Spending
  /** `spent` before the cycle at hand. */
  readonly before: Spending
  /** The newest that is known to be on disk. */
  readonly cut: Cut | null
  /** Who has yet to answer before the phase is over: actor ids, or keys of measurements. */
  readonly awaited: ReadonlySet<string>
  readonly offers: ReadonlyMap<SlotId, readonly StatisticName[]>
  readonly needs: readonly StatisticName[]
  /** Probes that the adversary may name. */
  readonly probes: readonly string[]
  /** What each actor said it can do. */
  readonly traits: ReadonlyMap<ActorId, Traits>
  readonly policies: ReadonlyMap<SlotId, PolicyFile>
  readonly snapshots: ReadonlyMap<ActorId, Snapshot>
  readonly gallery: readonly GalleryLevel[]
  /** Measurements asked and not answered, to be asked again of a new evaluator. */
  readonly asked: ReadonlyMap<string, Measure>
  readonly metrics: Readonly<Record<string, number>>
  readonly timings: Readonly<Record<string, number>>
  /** Gradient updates and environment steps of this cycle, by slot. */
  readonly updates: ReadonlyMap<SlotId, number>
  readonly steps: number
  /** Outcomes of this cycle, of all slots. */
  readonly attempts: number
  /** What the answers of this cycle's asks cost, by the key of the ask. */
  readonly costs: ReadonlyMap<string, Cost>
  /** Questions to services that have no answer yet. */
  readonly questions: number
  /** Monotonic time of what was last heard, of the beginning, and of the beginning of the cycle. */
  readonly now: number
  readonly opened: number
  readonly cycleStarted: number
  /** Seconds that were spent before the beginning. */
  readonly secondsBefore: number
  /** Slots whose outcomes of this cycle have come. */
  readonly reported: ReadonlySet<SlotId>
  /** Of this cycle: what was assigned and reported, before any grader saw it; and what the graders said, by name. */
  readonly batches: ReadonlyMap<SlotId, TaskBatch>
  readonly reports: ReadonlyMap<SlotId, OutcomesReport>
  readonly grades: ReadonlyMap<string, Answer>
  /** What the adversary made of the levels. */
  readonly levels: readonly LevelReport[]
  /** What came of the candidates of a search. */
  readonly searched: readonly Attempt[]
  readonly solvedRate: ReadonlyMap<string, number>
  readonly measures: ReadonlyMap<string, Readonly<Record<string, number>>>
  readonly intensity: RestartIntensity
  /** The latest cycle that was ever completed, and the measurements ever answered: what comes again after going back is nothing new. */
  readonly furthest: number
  readonly answered: ReadonlySet<string>
  /** What began the losses that still count, inside the restart window or without progress since. */
  readonly firstLoss: Loss | null
  /** Why the run last went back. */
  readonly cause: ErrorRecord | null
  readonly error: ErrorRecord | null
  /** A cap of a service was reached: the run is over with the last cycle that was whole, `until`. */
  readonly limited: { readonly error: ErrorRecord; readonly until: number } | null
  readonly stopping: boolean
}

/** Whether no further cycle is to be done: the budget is spent, or what a service may cost. */
export const isComplete = ({ plan, spent, limited, cycle }: Experiment): boolean =>
  budgetDone(plan.budget, spent) >= 1 || (limited !== null && cycle >= limited.until)

/** @param cut where to begin; null = at cycle 0 */
export function openExperiment(plan: ExperimentPlan, cut: Cut | null, epoch: number): Experiment {
  const cycle = cut?.cycle ?? originOf(plan)
  const spent = cut?.spent ?? NOTHING_SPENT
  return {
    ...{ plan, epoch, cut, cycle, spent, before: spent },
    awaited: new Set(),
    offers: new Map(),
    needs: [],
    probes: [],
    traits: new Map(),
    policies: new Map(),
    snapshots: new Map(),
    gallery: [],
    asked: new Map(),
    ...NOTHING_YET,
    questions: 0,
    ...{ now: 0, opened: 0, cycleStarted: 0, secondsBefore: cut?.spent.seconds ?? 0 },
    solvedRate: new Map(),
    measures: new Map(),
    intensity: restartIntensity(plan.supervision.restarts, plan.supervision.windowMs),
    furthest: cycle,
    answered: new Set(),
    ...{ firstLoss: null, cause: null, error: null, limited: null, stopping: false },
  }
}

/** What a cycle begins with. */
export const NOTHING_YET: Pick<
  Experiment,
  | 'metrics'
  | 'timings'
  | 'updates'
  | 'steps'
  | 'attempts'
  | 'costs'
  | 'reported'
  | 'batches'
  | 'reports'
  | 'grades'
  | 'levels'
  | 'searched'
> = {
  ...{ metrics: {}, timings: {}, steps: 0, attempts: 0 },
  ...{ updates: new Map(), costs: new Map(), reported: new Set() },
  ...{ batches: new Map(), reports: new Map(), grades: new Map(), levels: [], searched: [] },
}

/** The cycle after which it begins. */
export const originOf = ({ origin }: ExperimentPlan): number => origin?.cycle ?? 0

/** A cycle is completed: progress where none came so far before. */
export function noteCompleted(run: Experiment): Experiment {
  if (run.cycle <= run.furthest) return run
  return { ...run, furthest: run.cycle, intensity: progressed(run.intensity) }
}

/** A measurement is answered: progress where it never was before. */
export function noteAnswered(run: Experiment, key: string): Experiment {
  const measurement = `${run.cycle}/${key}`
  if (run.answered.has(measurement)) return run
  const answered = new Set(run.answered).add(measurement)
  return { ...run, answered, intensity: progressed(run.intensity) }
}

/** Somebody, or a measurement, is waited for no longer. */
export function noteCame(run: Experiment, who: string): Experiment {
  const awaited = new Set(run.awaited)
  awaited.delete(who)
  return { ...run, awaited }
}
