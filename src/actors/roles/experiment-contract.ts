import type { GalleryLevel, LevelReport } from '../../adversaries/contract.ts'
import type { Attempt } from '../../adversaries/grid/contract.ts'
import type { Clock } from '../../core/clock.ts'
import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { Timers } from '../../core/timers.ts'
import type { RecordedEpisodes } from '../../datasets/contract.ts'
import type { EvaluationReport, EvaluationRequest } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { TaskBatch } from '../../learners/contract.ts'
import type { Seating } from '../../seats/contract.ts'
import type { Answer, Cost } from '../../services/contract.ts'
import type { AskLimits } from '../kit/asking/contract.ts'
import type { Channel } from '../transport/contract.ts'
import type {
  AdversarySeed,
  EvaluatorSeed,
  OutcomesReport,
  RoleSeed,
  ServiceSeed,
  StudentSeed,
} from './contract.ts'

/**
 * Counters of what a run has spent: the three things that the field calls "updates", which every run counts, and what
 * only some count. Absent is 0, so that runs of before keep their bytes.
 */
export interface Spending {
  readonly cycles: number
  /** Of the slot with the most. */
  readonly gradientUpdates: number
  /** Of all slots together. */
  readonly envSteps: number
  /** Attempts reported by all slots: a task counts once for each repeat. From when a budget first names them. */
  readonly evaluations?: number
  /** Asks of services that were answered, each once, with what they cost. */
  readonly calls?: number
  readonly tokens?: number
  /** In whatever unit the services tell. */
  readonly money?: number
  /** Wall clock of the run at the end of its last cycle, summed over resumptions. From when a budget first names them. */
  readonly seconds?: number
}

/** The state of a whole run at a cycle boundary. */
export interface Cut {
  readonly cycle: number
  readonly epoch: number
  readonly spent: Spending
  /** By actor id. */
  readonly snapshots: Readonly<Record<ActorId, Snapshot>>
  readonly policies: Readonly<Record<SlotId, PolicyFile>>
  readonly gallery: readonly GalleryLevel[]
}

/** What the experiment is to do: plain data. */
export interface ExperimentPlan {
  readonly students: readonly StudentSeed[]
  readonly adversary: AdversarySeed
  readonly evaluator: EvaluatorSeed
  /** Sorted by name; absent: none. */
  readonly services?: readonly ServiceSeed[]
  /** Within which each service is asked. */
  readonly limits?: Readonly<Record<string, AskLimits>>
  /** Services that see outcomes before the adversary does, in this order. */
  readonly graders?: readonly string[]
  /** Who sits in seats that a task says nothing of. */
  readonly seating?: Seating
  /** Named policies that stand for students: name → slot. */
  readonly live?: Readonly<Record<string, SlotId>>
  /** Slots of frozen students that attempt with one of `live`: slot → name. */
  readonly follows?: Readonly<Record<SlotId, string>>
  /** Slots that are measured by who sits in all seats: their students export no policy file. */
  readonly measuredBySeats?: Readonly<Record<SlotId, Seating>>
  readonly budget: Partial<Spending>
  /** Of a stage that is not a run's first: the last cycle before it, and the record its adversary begins with. */
  readonly origin?: { readonly cycle: number; readonly archive?: Snapshot }
  /** Of a stage that another follows: outsiders are told to come again once it is done. */
  readonly followed?: true
  /** `request` without policy; `every` gradient updates, 0 = never during training. */
  readonly evaluation: { readonly request: EvaluationRequest; readonly every: number }
  /** Measured on the untrained and on the final policy; null = not at all. */
  readonly final: EvaluationRequest | null
  /** A cut every so many cycles (and at the end, and when stopped). */
  readonly cutEvery: number
  readonly supervision: {
    /** At most so many within the window, and so many in a row without anything new done. */
    readonly restarts: number
    readonly windowMs: number
    /** How long a phase may wait for those who are there. */
    readonly answerMs: number
    /** How long the run may wait until everyone has come and can work. */
    readonly startMs: number
  }
}

/** A reply as the journal has it: which question it answers. */
export interface ReplyRecord {
  readonly epoch: number
  readonly cycle: number
  /** `<cycle>/<asker>/<key>`. */
  readonly key: string
  readonly service: string
  /** SHA-256 of what was asked. */
  readonly question: string
  /** What all calls to the service took when it was kept, in this process and those before. */
  readonly seconds: number
  /** Of the service as well: calls beside those that were answered. */
  readonly retries: number
}

/** Replies of services, whole, as they are kept over kills and epochs. */
export interface ReplyStore {
  /** The answer that was kept to the same question under the same key; null where there is none, or none that is whole. */
  find(key: string, question: string): Answer | null
  /** On disk and in the journal when it returns; gives the answer as it would be read again. */
  keep(record: ReplyRecord, answer: Answer): Answer
  /** What the kept replies of a service cost, each key once, of the cycles up to `cycle`. */
  costs(service: string, cycle: number): readonly Cost[]
  /** What the newest reply of a service says of all its calls; none: 0. */
  past(service: string): Pick<ReplyRecord, 'seconds' | 'retries'>
}

export type JournalRecord = Readonly<Record<string, unknown>> & {
  readonly kind: string
  readonly epoch: number
  readonly cycle: number
}

/** Episodes that a stage is to leave. */
export interface EpisodeStore {
  /** Whether those of the cycle at hand are to be recorded. */
  wanted(): boolean
  /** On disk when it returns. @throws AgonError `run/write` */
  keep(cycle: number, slot: SlotId, recorded: RecordedEpisodes): void
}

/** Everything the experiment does to the world. Made by `run/`; tests make their own. */
export interface ExperimentEffects {
  readonly clock: Clock
  /** Starts an actor at its placement. */
  open(actor: ActorId, seed: RoleSeed, epoch: number): Channel
  /** Told what becomes of an actor that was opened, for those who watch. */
  actorState?(actor: ActorId, state: 'working' | 'lost' | 'closed', epoch: number): void
  /** Resolves with the path of the complete cut. */
  writeCut(cut: Cut): Promise<string>
  /** The newest cut that is whole, or null: begin at cycle 0. */
  loadCut(): Promise<Cut | null>
  /** Drops the rows after `cycle`; they will come again, the same. */
  rewind(cycle: number, epoch: number, cause: ErrorRecord | null): void
  record(row: CycleRow): void
  journal(record: JournalRecord): void
  /** The untrained policies, kept for the report's comparison. */
  keepInitial(policies: ReadonlyMap<SlotId, PolicyFile>): void
  /** Null where they were not kept. */
  initial(slot: SlotId): PolicyFile | null
  storeEvaluation(slot: SlotId, when: 'baseline' | 'final', report: EvaluationReport): void
  progress(event: ExperimentProgress): void
  /** Absent where no dataset is to be left. */
  readonly episodes?: EpisodeStore
  /** Absent only where the plan has no services. */
  readonly asking?: { readonly timers: Timers; readonly replies: ReplyStore }
}

export interface CycleRow {
  readonly epoch: number
  readonly spent: Spending
  /** 0 … 1 of the budget. */
  readonly done: number
  readonly metrics: Readonly<Record<string, number>>
  readonly timings: Readonly<Record<string, number>>
  readonly attempted: CycleAttempts
}

/** What a cycle was spent on: the tasks of every slot, what came of them, and what the adversary made of the levels. */
export interface CycleAttempts {
  readonly batches: ReadonlyMap<SlotId, TaskBatch>
  readonly reports: ReadonlyMap<SlotId, Pick<OutcomesReport, 'outcomes'>>
  /** Gradient updates made of them. */
  readonly updates: ReadonlyMap<SlotId, number>
  readonly levels: readonly LevelReport[]
  /** Of the candidates of a search, in the order of asking; empty where the adversary tells of none. */
  readonly searched: readonly Attempt[]
}

export type ExperimentProgress =
  | { readonly kind: 'cut'; readonly cycle: number; readonly path: string }
  | {
      readonly kind: 'evaluation'
      readonly slot: SlotId
      readonly when: 'baseline' | 'during' | 'final'
      readonly report: EvaluationReport
      readonly cycle: number
    }
  | { readonly kind: 'restart'; readonly actor: ActorId; readonly cause: ErrorRecord }
  /** A service has reached a cap: the run ends with this cycle, the last one that was whole. */
  | { readonly kind: 'limited'; readonly cycle: number; readonly cause: ErrorRecord }
  /** The result is no longer a function of config, seed and platform alone. */
  | { readonly kind: 'inexact'; readonly actor: ActorId; readonly reasons: readonly string[] }

export interface ExperimentResult {
  readonly status: 'finished' | 'stopped' | 'failed'
  readonly spent: Spending
  /** Final solved rate by slot, where measured and where levels can be solved. */
  readonly solvedRate: Readonly<Record<string, number>>
  /** Of the same measurements, by slot and name; absent where the environment has none. */
  readonly measures?: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly error?: ErrorRecord
  /** The cap of a service that ended a run before its budget did: complete but limited. */
  readonly limited?: ErrorRecord
}
