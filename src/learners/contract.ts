import type { ZodType } from 'zod'
import type { LevelId, SlotId, TaskId } from '../core/ids.ts'
import type { Snapshot } from '../core/snapshot.ts'
import type { StepCost } from '../core/step-cost.ts'
import type { DatasetRef, RecordedEpisodes } from '../datasets/contract.ts'
import type { AutoReset, Environment, EnvironmentRef, EnvironmentSpec } from '../envs/contract.ts'
import type { PolicyFile } from '../inference/contract.ts'
import type { NamedPolicies, Seating } from '../seats/contract.ts'
import type { Answer, Ask } from '../services/contract.ts'

/** A level to be attempted, as a student sees it: bytes of the level space, never the level's insides. */
export interface Task {
  readonly id: TaskId
  /** Canonical bytes of the level. */
  readonly level: Uint8Array
  /** Keys the randomness of the attempt: dynamics, `next-level` draws. Actions are keyed by the student. */
  readonly seed: number
  /** Whether the student may learn from the attempt (PLR⊥: not from new levels). */
  readonly train: boolean
  /** Which attempt of the same task this is; outcomes are idempotent by (epoch, task, repeat). */
  readonly repeat: number
  readonly lineage: Lineage
  /** Who sits in which seat of the environment, where that is not the student everywhere. */
  readonly seating?: Seating
}

export interface Lineage {
  /** Absent for levels that no archive tracks (DR). */
  readonly level?: LevelId
  readonly parents: readonly LevelId[]
  /** `generate`, `replay`, `edit`, … */
  readonly operator: string
  /** Edits between this level and its generated ancestor. */
  readonly generation: number
}

/**
 * A probe: a pure function of `envs/` over shadow environments that see the same actions; yields a per-step train
 * mask and extras. Content-addressed, sent once per change.
 */
export interface Probe {
  readonly name: string
  readonly digest: string
  readonly levels: readonly Uint8Array[]
}

/** What a slot gets for one cycle. */
export interface TaskBatch {
  readonly cycle: number
  readonly slot: SlotId
  readonly tasks: readonly Task[]
  /** What follows an episode that ends inside the rollout. `next-level` draws from the level space's generator. */
  readonly autoReset: AutoReset
  readonly probes: readonly Probe[]
  /** Named policies that stand for students of the run, as these are in this cycle; those that the tasks seat or the student attempts with. */
  readonly policies?: Readonly<Record<string, PolicyFile>>
  /** The report is to have the episodes of the attempt. Asked only of kinds that say `records`. */
  readonly record?: true
}

/**
 * One episode of one seat: sufficient statistics, from which adversaries compute every score. Sums run over the
 * episode's steps inside this rollout, and inside those before it where the student lets episodes go on from cycle to
 * cycle: one under way is then told in each, and is finished in the last alone. A statistic that a student does not offer is absent, not zero.
 */
export interface EpisodeSummary {
  /**
   * Within the task's attempt: 0 is that of the task's own level. Where an episode goes on from an earlier cycle the first
   * is 1, and the task's level is not attempted.
   */
  readonly episode: number
  readonly seat: string
  /** Whether it ended inside the rollout; scores use finished episodes only. */
  readonly finished: boolean
  readonly solved: boolean
  /** Undiscounted sum of rewards. */
  readonly return: number
  readonly length: number
  readonly discountedReturn?: number
  /** V of the first observation. */
  readonly value0?: number
  readonly sumValue?: number
  readonly sumAdvantage?: number
  readonly sumAbsAdvantage?: number
  readonly sumPositiveAdvantage?: number
  /** Σ |δ_t| without the episode's last step. */
  readonly sumAbsTdError?: number
  /** Steps that the train mask let through; equals `length` without probes. */
  readonly trainedSteps?: number
  /** Σ of how undecided the policy was, each number of a step in [0, 1]: its entropy as a share of the greatest possible one. */
  readonly sumEntropy?: number
  /** Σ (1 − the largest probability). */
  readonly sumLeastConfidence?: number
  /** Σ (1 − (the largest − the second largest probability)). */
  readonly sumMinMargin?: number
  /** Σ of the deviation of what several critics say, in the unit of rewards. */
  readonly sumValueDeviation?: number
  /** Gradient updates behind the policy that played it. */
  readonly studentVersion: number
  readonly extras: Readonly<Record<string, number>>
}

/** The statistics a student may offer and an adversary may need; the names are those of {@link EpisodeSummary}. */
export type StatisticName =
  | 'return'
  | 'length'
  | 'discountedReturn'
  | 'value0'
  | 'sumValue'
  | 'sumAdvantage'
  | 'sumAbsAdvantage'
  | 'sumPositiveAdvantage'
  | 'sumAbsTdError'
  | 'trainedSteps'
  | 'sumEntropy'
  | 'sumLeastConfidence'
  | 'sumMinMargin'
  | 'sumValueDeviation'

/** What came of one attempt of one task. */
export interface Outcome {
  readonly task: TaskId
  readonly slot: SlotId
  readonly repeat: number
  readonly episodes: readonly EpisodeSummary[]
  /** Small results other than episodes (a program, a completion); graders turn them into scores. */
  readonly artefacts: Readonly<Record<string, string>>
  /** Actor that measured it. */
  readonly measuredBy: string
}

/** Numbers of one cycle; names are `snake_case`, values finite or absent. */
export type Metrics = Readonly<Record<string, number>>

export interface AttemptReport {
  readonly outcomes: readonly Outcome[]
  /** Environment steps taken. */
  readonly envSteps: number
  readonly metrics: Metrics
  /** Milliseconds by what they went to; never enters `metrics.jsonl`. */
  readonly timings: Metrics
  /** Where the batch asks for them. */
  readonly recorded?: RecordedEpisodes
}

export interface LearnReport {
  /** 1 if a gradient update (all epochs over one batch) was made, 0 if nothing was trainable. */
  readonly gradientUpdates: number
  readonly metrics: Metrics
  readonly timings: Metrics
}

/** A level of an evaluation. */
export interface SealedLevel {
  /** Of the level in its suite. */
  readonly levelName: string
  /** Canonical bytes. */
  readonly level: Uint8Array
  /** Keys the randomness of the attempt. */
  readonly seed: number
}

export interface SealedResult {
  readonly return: number
  /** Steps, 1 where there are none. */
  readonly length: number
}

/** The body of a student actor: attempts, learns, can be frozen to a file. One call at a time. */
export interface Student {
  readonly offers: readonly StatisticName[]
  /** False where there is no policy file to hand on; absent means that there is. */
  readonly exports?: boolean
  attempt(batch: TaskBatch): Promise<AttemptReport>
  /** Learns from the trainable part of the last attempt. Throws `learner/not-finite` naming the tensor. */
  learn(): Promise<LearnReport>
  /** Absent where there is no policy that others could run: such a student measures itself. */
  exportPolicy?(): Promise<PolicyFile>
  /**
   * What came of sealed levels, in their order, each attempted once from fresh state with gradients and memory off. Asked of
   * a student without `exportPolicy`, which has to have it.
   */
  measure?(levels: readonly SealedLevel[]): Promise<readonly SealedResult[]>
  /** Whether it works under probes; absent: a batch that names one is refused. */
  readonly probes?: boolean
  snapshot(): Promise<Snapshot>
  /** @throws AgonError `snapshot/foreign` */
  restore(snapshot: Snapshot): Promise<void>
  /** Rejects with `worker/lost` as soon as a thread of this student dies; never resolves otherwise. */
  readonly lost: Promise<never>
  close(): Promise<void>
}

export type { StepCost }

export interface StudentContext {
  readonly slot: SlotId
  readonly seed: number
  readonly environment: EnvironmentRef
  readonly spec: EnvironmentSpec
  /** Threads that share the work; never changes a bit of the result. */
  readonly workers: number
  /** Weights to start from (`--init`). */
  readonly init?: PolicyFile
  /** Those that the seating of a task may name; absent: none. */
  readonly policies?: NamedPolicies
  /** Provenance for `policy.yaml`. */
  readonly training: Readonly<Record<string, string | number>>
  /** What an earlier stage has left to this one, for a kind that says `readsDataset`; there once the first cycle begins. */
  readonly dataset?: DatasetRef
  /** Asks a service of the run, while a batch is attempted or learnt from; keys are distinct within a cycle. */
  readonly ask?: (service: string, request: Ask) => Promise<Answer>
}

/** What a module exports as `student`. */
export interface StudentDefinition<O> {
  readonly id: string
  readonly options: ZodType<O>
  /** Tasks per cycle that the student works on, which the experiment hands on as the adversary's count. */
  taskCount(options: O): number
  /** Environment steps of one cycle with `tasks` tasks. */
  envSteps(options: O, tasks: number): number
  /** γ of its returns, for scores that need it (perfect regret); absent where it has none. */
  discount?(options: O): number | undefined
  /** Parameters of its network in this environment, for estimates. */
  parameterCount?(options: O, spec: EnvironmentSpec): number
  /** What a step takes in this environment, for estimates; absent: as its parameters say. */
  stepCost?(options: O, spec: EnvironmentSpec): StepCost
  /**
   * Whether weights to start from fit, before any work. @throws AgonError `policy/*` or `network/weights`
   */
  checkInit?(options: O, spec: EnvironmentSpec, init: PolicyFile): void
  /** What it needs of the environment beyond its spec, before any work. @throws AgonError what is missing, with the remedy */
  checkEnvironment?(
    options: O,
    environment: Pick<Environment<unknown>, 'spec' | 'givesFinals'>,
  ): void
  /** Whether its attempts can be recorded for a dataset; absent: they cannot. */
  records?(options: O): boolean
  /** Whether it makes use of a dataset. */
  readonly readsDataset?: true
  /** Whether the policies that it exports have a critic, for those who attempt with them; absent: that is not known. */
  readonly critic?: true
  /** Names of the policies that it attempts with instead of learning. */
  policies?(options: O): readonly string[]
  /** Whether episodes are to go on from cycle to cycle; absent: never. */
  carries?(options: O): boolean
  /**
   * What it will do otherwise than `options` ask in this environment, each a sentence with asked and done.
   * @param stepLimit steps of the longest episode of a level that the environment draws, or null where it has no limit;
   * whoever asks has one slot of it made
   */
  notes?(options: O, spec: EnvironmentSpec, stepLimit?: () => number | null): readonly string[]
  /**
   * Files that a run leaves of it in the folder `model`, made of its snapshot in the last cut: for students whose policies are none that
   * others could run, such as language models. By name; absent: none.
   * @param training provenance, as {@link StudentContext.training}
   */
  leaves?(
    options: O,
    snapshot: Snapshot,
    training: StudentContext['training'],
  ): Readonly<Record<string, Uint8Array>>
  create(options: O, context: StudentContext): Promise<Student>
}
