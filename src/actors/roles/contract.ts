import type { GalleryLevel, LevelReport } from '../../adversaries/contract.ts'
import type { Attempt } from '../../adversaries/grid/contract.ts'
import type { ErrorRecord } from '../../core/errors.ts'
import type { SlotId } from '../../core/ids.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { RecordedEpisodes } from '../../datasets/contract.ts'
import type { EvaluationReport, EvaluationRequest } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { Metrics, Outcome, StatisticName, TaskBatch } from '../../learners/contract.ts'
import type { Answer, Ask } from '../../services/contract.ts'

export type {
  AdversarySeed,
  EvaluatorSeed,
  RoleSeed,
  ServiceSeed,
  StudentSeed,
} from './seed-contract.ts'

/**
 * What the actors of a run say to each other. The experiment stands between student and adversary, so that
 * every message is journalled once and each side can be anywhere. All messages are plain, structured-clonable data.
 *
 * One cycle:
 *   experiment → student    cycle.begin
 *   student    → adversary  tasks.request          one per slot
 *   adversary  → students   tasks.assign           once every slot has asked
 *   student    → adversary  outcomes.report        idempotent by (epoch, task, repeat)
 *   adversary  → experiment cycle.done             once every task of every slot was reported
 *   student    → experiment learned                in any order with cycle.done
 */

// ---- the cycle ----
export interface CycleBegin {
  readonly type: 'cycle.begin'
  readonly cycle: number
}
export interface TasksRequest {
  readonly type: 'tasks.request'
  readonly cycle: number
  readonly slot: SlotId
  /** Trainable tasks wanted. */
  readonly count: number
}
export interface TasksAssign {
  readonly type: 'tasks.assign'
  readonly batch: TaskBatch
}
/** From the adversary: the batches of all slots at once. */
export interface TasksProposed {
  readonly type: 'tasks.proposed'
  readonly cycle: number
  readonly batches: readonly TaskBatch[]
  readonly metrics: Metrics
}
export interface OutcomesReport {
  readonly type: 'outcomes.report'
  readonly cycle: number
  readonly slot: SlotId
  readonly outcomes: readonly Outcome[]
  readonly envSteps: number
  readonly metrics: Metrics
  readonly timings: Metrics
  /** Where the batch asked for it. */
  readonly recorded?: RecordedEpisodes
}
export interface Learned {
  readonly type: 'learned'
  readonly cycle: number
  readonly slot: SlotId
  readonly gradientUpdates: number
  readonly metrics: Metrics
  readonly timings: Metrics
}
export interface CycleDone {
  readonly type: 'cycle.done'
  readonly cycle: number
  readonly metrics: Metrics
  /** What the adversary made of the levels, for the log of them; absent where it tells nothing. */
  readonly levels?: readonly LevelReport[]
  /** What came of the candidates of a search, for the run's history of them; absent where it tells nothing. */
  readonly attempts?: readonly Attempt[]
}

// ---- state ----
export interface SnapshotTake {
  readonly type: 'snapshot.take'
}
export interface SnapshotTaken {
  readonly type: 'snapshot.taken'
  readonly snapshot: Snapshot
  /** What the adversary would show of its archive. */
  readonly gallery?: readonly GalleryLevel[]
}
export interface Restore {
  readonly type: 'restore'
  readonly snapshot: Snapshot
}
export interface Restored {
  readonly type: 'restored'
}
export interface PolicyExport {
  readonly type: 'policy.export'
}
export interface PolicyExported {
  readonly type: 'policy.exported'
  readonly slot: SlotId
  readonly policy: PolicyFile
}

// ---- measuring ----
export interface Measure {
  readonly type: 'measure'
  /** Comes back with the answer; evaluators are stateless, so a lost request is simply asked again. */
  readonly key: string
  /** Null where a student that exports nothing is asked to measure itself, with gradients and memory off. */
  readonly policy: PolicyFile | null
  readonly request: EvaluationRequest
}
export interface Measured {
  readonly type: 'measured'
  readonly key: string
  readonly report: EvaluationReport
}

// ---- asking services ----
/** Asker → experiment, and experiment → service under the key `<cycle>/<asker>/<key>`. */
export interface ServiceAsk extends Ask {
  readonly type: 'service.ask'
  readonly cycle: number
  /** As the config names it. */
  readonly service: string
}
/** Service → experiment, and experiment → asker under the key that it gave. */
export interface ServiceAnswer extends Answer {
  readonly type: 'service.answer'
  readonly key: string
}
/** Service → experiment: there is no answer; `retry` says that another try may have one. */
export interface ServiceFailed {
  readonly type: 'service.failed'
  readonly key: string
  readonly error: ErrorRecord
  readonly retry: boolean
}

// ---- lifecycle ----
/** What an actor is able to do. Those that Agon makes itself can do everything but work under probes. */
export interface Traits {
  /** The same messages always get the same answers. */
  readonly deterministic: boolean
  /** Answers `snapshot.take` and `restore`. */
  readonly snapshots: boolean
  /** A student that works under a probe's train mask. */
  readonly probes: boolean
  /** A student that answers `policy.export`. */
  readonly exportsPolicy: boolean
}

/** The first message of every actor, once it is ready for work. */
export type Hello =
  | {
      readonly type: 'hello'
      readonly role: 'student'
      readonly slot: SlotId
      readonly offers: readonly StatisticName[]
      /** Absent: those of the role's row. */
      readonly traits?: Traits
    }
  | {
      readonly type: 'hello'
      readonly role: 'adversary'
      readonly needs: readonly StatisticName[]
      /** Probes that its batches may name. */
      readonly probes?: readonly string[]
      readonly traits?: Traits
    }
  | { readonly type: 'hello'; readonly role: 'evaluator'; readonly traits?: Traits }
  | { readonly type: 'hello'; readonly role: 'service'; readonly traits: Traits }
/** The actor cannot go on; it says nothing more. */
export interface Failed {
  readonly type: 'failed'
  readonly error: ErrorRecord
}
export interface Close {
  readonly type: 'close'
}

/** `measure` only to one that exports nothing. */
export type ToStudent =
  | CycleBegin
  | TasksAssign
  | SnapshotTake
  | Restore
  | PolicyExport
  | Measure
  | ServiceAnswer
  | Close
export type FromStudent =
  | Hello
  | ServiceAsk
  | TasksRequest
  | OutcomesReport
  | Learned
  | SnapshotTaken
  | Restored
  | PolicyExported
  | Measured
  | Failed
export type ToAdversary =
  | TasksRequest
  | OutcomesReport
  | ServiceAnswer
  | SnapshotTake
  | Restore
  | Close
export type FromAdversary =
  | Hello
  | TasksProposed
  | CycleDone
  | ServiceAsk
  | SnapshotTaken
  | Restored
  | Failed
export type ToEvaluator = Measure | Close
export type FromEvaluator = Hello | Measured | Failed
export type ToService = ServiceAsk | SnapshotTake | Restore | Close
export type FromService = Hello | ServiceAnswer | ServiceFailed | SnapshotTaken | Restored | Failed
export type ToRole = ToStudent | ToAdversary | ToEvaluator | ToService
export type FromRole = FromStudent | FromAdversary | FromEvaluator | FromService
