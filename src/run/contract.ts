import type { ErrorRecord } from '../core/errors.ts'
import type { Budget, Spent } from './config-contract.ts'
import type { MetricsRow, TimingsRow } from './run-files-contract.ts'

export type {
  Budget,
  EvaluationConfig,
  HubConfig,
  PartConfig,
  Placement,
  PolicyConfig,
  RunConfig,
  ServiceConfig,
  Spent,
  StageConfig,
  StageSources,
} from './config-contract.ts'
export type {
  EvaluationDevice,
  EvaluationFile,
  FinishedStage,
  GalleryFile,
  MetricsRow,
  OutsidePlatform,
  Platform,
  RunManifest,
  StoredEvaluation,
  TimingsRow,
} from './run-files-contract.ts'

export type ProgressEvent =
  | {
      readonly kind: 'started'
      readonly dir: string
      readonly from: number
      readonly spent: Spent
      readonly budget: Budget
      /** Where others reach the run, and the file that tells them. */
      readonly hub?: { readonly address: string; readonly file: string }
      /** What to know of the cores of this machine, a sentence each. */
      readonly notes?: readonly string[]
    }
  /** A stage begins, or goes on. */
  | {
      readonly kind: 'stage'
      readonly stage: string
      /** From 1. */
      readonly number: number
      readonly of: number
      readonly budget: Budget
      /** 0 … 1 of the run. */
      readonly done: number
    }
  | {
      readonly kind: 'cycle'
      readonly spent: Spent
      /** 0 … 1 of the budget; of a run with stages each is an equal part. */
      readonly done: number
      readonly metrics: MetricsRow
      readonly timings: TimingsRow
    }
  | {
      readonly kind: 'evaluation'
      readonly slot: string
      readonly when: 'baseline' | 'during' | 'final'
      /** The student never learns. */
      readonly frozen?: true
      /** Null where nothing can be solved: there `measures` has `mean_return`. */
      readonly solvedRate: number | null
      /** Those of the environment by name, over levels as the solved rate is; absent where it has none. */
      readonly measures?: Readonly<Record<string, number>>
      readonly suite: string
      readonly cycle: number
    }
  | { readonly kind: 'cut'; readonly cycle: number; readonly path: string }
  | {
      readonly kind: 'restored'
      readonly epoch: number
      readonly from: number
      readonly cause: ErrorRecord | null
    }
  | { readonly kind: 'warning'; readonly warning: ErrorRecord }
  | { readonly kind: 'finished'; readonly result: RunResult }

export interface RunResult {
  readonly status: 'finished' | 'stopped'
  readonly dir: string
  readonly spent: Spent
  /** Paths of what the run left behind. */
  readonly policies: Readonly<Record<string, string>>
  readonly report: string
  /** Final solved rate per slot and suite where measured; a slot that nothing can be solved in is in `measures` alone. */
  readonly solvedRate: Readonly<Record<string, number>>
  /** Of the same measurements, by slot and name; absent where the environment has none. */
  readonly measures?: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** The cap of a service that ended the run before its budget did: complete but limited. */
  readonly limited?: ErrorRecord
}

export interface RunHandle {
  /** Rejects with AgonError; the cut directory still holds the last good cut. */
  readonly result: Promise<RunResult>
  /** Cut at the next cycle boundary, then stop (status `stopped`). */
  stop(): void
}
