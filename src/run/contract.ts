import type { AskLimits } from '../actors/kit/asking/contract.ts'
import type { Spending } from '../actors/roles/experiment-contract.ts'
import type { GalleryReason } from '../adversaries/contract.ts'
import type { ErrorRecord } from '../core/errors.ts'
import type { SlotId } from '../core/ids.ts'
import type { ModuleUrl } from '../core/module.ts'
import type { StreamState } from '../core/random.ts'
import type { Measured, MeasureResult } from '../evaluation/contract.ts'
import type { Device, TakenDevice } from '../inference/device.ts'
import type { DeviceChoice } from '../inference/device-choice.ts'
import type { Seating } from '../seats/contract.ts'
import type { K8sConfig } from './config/k8s.schema.ts'
import type { SlurmConfig } from './config/slurm.schema.ts'

/**
 * A validated experiment: every default filled in, every part named by a module that other threads can import.
 * Made by `loadConfig` from YAML or by `resolveConfig` from a plain object; written to `<run>/config.yaml`, from
 * which it can be loaded again.
 */
export interface RunConfig {
  /** Names the run directory: letters, digits, `-`, `_`, `.`. */
  readonly name: string
  /** 0 … 2³²−1. */
  readonly seed: number
  readonly env: PartConfig
  readonly adversary: PartConfig
  /** One student per slot; `student:` in YAML means `{ agent: … }`. Keys sorted. */
  readonly students: Readonly<Record<SlotId, PartConfig>>
  /** Whom adversaries, students and graders may ask, by name; absent where there is none. Keys sorted. */
  readonly services?: Readonly<Record<string, ServiceConfig>>
  /** Services that turn artefacts into statistics before the adversary sees an outcome. */
  readonly graders?: readonly string[]
  /** By name, sorted; absent where the config names none. */
  readonly policies?: Readonly<Record<string, PolicyConfig>>
  /** Who sits in which seat, in tasks that say nothing else. */
  readonly seating?: Seating
  readonly evaluation: EvaluationConfig
  readonly budget: Budget
  readonly cuts: { readonly every: number; readonly keep: number }
  /** Threads that share one student's work. Never changes a bit of the result. */
  readonly workers: number
  /** By the key that a role's row names: of all its actors, or one by one. */
  readonly placement: Readonly<Record<string, Placement | Readonly<Record<string, Placement>>>>
  /**
   * At most `restarts` restarts of actors within `windowSeconds`, and in a row without anything new done; then the run stops with
   * the first error. An actor that does not answer within `answerSeconds` counts as lost.
   */
  readonly supervision: {
    readonly restarts: number
    readonly windowSeconds: number
    /** Absent in runs that were begun before there was one: {@link ANSWER_SECONDS}. */
    readonly answerSeconds?: number
  }
  readonly hub: HubConfig
  /** Absent where the config says nothing of Slurm. */
  readonly slurm?: SlurmConfig
  readonly k8s?: K8sConfig
  readonly tensorboard: boolean
  /**
   * Where the run has stages: all of them, and the cast, evaluation and budget above are those of the first. Absent in a
   * run that is one.
   */
  readonly stages?: readonly StageConfig[]
}

/** A part of a run with a cast, a measurement and a budget of its own. */
export interface StageConfig
  extends Pick<RunConfig, 'env' | 'adversary' | 'students' | 'evaluation' | 'budget'> {
  readonly name: string
  readonly from?: StageSources
}

/** What a stage takes over of earlier ones, as it was written. */
export interface StageSources {
  /** `<stage>` or `<stage>.<slot>`. */
  readonly policy?: string
  /** `<stage>`. */
  readonly archive?: string
}

/** Where a named policy comes from. */
export type PolicyConfig =
  /** An absolute path; the digest is of the graph and its card. */
  | { readonly file: string; readonly sha256: string }
  | { readonly bot: string }
  | { readonly kserve: string }
  | { readonly slot: string }

export interface PartConfig {
  /** A built-in id (`maze`, `accel`, `ppo`) or the path the user wrote (`./my-env.ts`). */
  readonly id: string
  readonly module: ModuleUrl
  readonly options: Readonly<Record<string, unknown>>
}

export interface ServiceConfig extends PartConfig {
  readonly limits: AskLimits
}

/**
 * `local`: in the hub's thread; `thread`: in a worker thread of its own; `process`: in a process of its own on this machine;
 * `node:<label>`: on a node of that label (`agon node`); `attach`: an outsider of that role, who is waited for.
 */
export type Placement = 'local' | 'thread' | 'process' | 'attach' | 'node' | `node:${string}`

/** How others reach a run while it goes on. Never changes a bit of the result. */
export interface HubConfig {
  /** `host:port`; port 0 lets the system choose. */
  readonly listen: string
  /** What the rendezvous file tells others to dial instead of the host of `listen`. */
  readonly advertise?: string
  /** Absolute paths of PEM files; absent: no encryption. */
  readonly tls?: {
    readonly certificate: string
    readonly key: string
    /** For those who dial; the certificate itself where absent. */
    readonly authority?: string
    /** Given: who dials must show a certificate of this authority. */
    readonly clientAuthority?: string
    /** What those may show who can read the rendezvous file and these. */
    readonly clientCertificate?: string
    readonly clientKey?: string
  }
  /** Listens beyond loopback in the clear. */
  readonly insecure: boolean
  readonly heartbeatMs: number
  readonly missedHeartbeats: number
  readonly resumeSeconds: number
  readonly attachSeconds: number
  readonly maxMessageMb: number
  readonly creditMb: number
  /** What becomes of an actor on another numeric platform than the one before it. */
  readonly otherPlatform: 'refuse' | 'inexact'
}

export interface EvaluationConfig {
  /** Suites joined with `+`. */
  readonly suite: string
  readonly episodes: number
  /** In gradient updates; 0 = only at the end. */
  readonly every: number
  /** Of the untrained and of the final student, measured when the run ends, with recordings for the report. */
  readonly final: { readonly suite: string; readonly episodes: number }
  /** Options of the environment that measures, all of them; absent where they are those of training. */
  readonly env?: Readonly<Record<string, unknown>>
  /** Who sits in which seat while measuring; absent where everybody is the student. */
  readonly seating?: Seating
  readonly seed: number
  readonly workers: number
  /** Where policies are measured; absent: the CPU. */
  readonly device?: Device
}

/** Exactly one unit; cycles, gradient updates and environment steps are counted and reported all the same. */
export type Budget = { [U in keyof Spent]-?: Readonly<Record<U, number>> }[keyof Spent]

export type Spent = Spending

// ---- files of a run directory (docs/run-directory.md) ----

/**
 * `metrics.jsonl`, one row per cycle, exact. Flat: `cycle`, `gradient_updates`, `env_steps` (all cumulative, as are
 * `evaluations`, `calls`, `tokens` and `money` where the run counts them), then
 * `stage` (from 1, where the run has stages), `<slot>/<metric>`, `adversary/<metric>`, `evaluation/<suite>/solved_rate` where levels can be solved, `evaluation/<suite>/mean_return`,
 * `evaluation/<suite>/<measure>` where the environment has measures, `evaluation/<suite>/<level>/solved_rate`, sorted. No epoch, no time.
 */
export type MetricsRow = Readonly<Record<string, number>> & {
  readonly cycle: number
  readonly gradient_updates: number
  readonly env_steps: number
}

/**
 * `timings.jsonl`, one row per cycle: what a clock decides. `wall_ms` since this process started the run; `seconds`
 * (where the run counts them) over all its processes.
 */
export type TimingsRow = Readonly<Record<string, number>> & {
  readonly cycle: number
  readonly epoch: number
  readonly cycle_ms: number
  readonly wall_ms: number
}

/** `manifest.json`. */
export interface RunManifest {
  readonly format: 1
  readonly agon: string
  readonly run: string
  readonly name: string
  readonly created: string
  readonly platform: Platform
  /** Where policies are measured; absent: the CPU. */
  readonly evaluation?: EvaluationDevice
  /** Of actors that other programs play, as they said it when they first came. */
  readonly outsiders?: Readonly<Record<string, OutsidePlatform>>
  readonly configSha256: string
  readonly status: 'running' | 'stopped' | 'failed' | 'finished'
  /** Of all stages together. */
  readonly spent: Spent
  /** Where the run has stages: those that are over, in order. */
  readonly stages?: readonly FinishedStage[]
  /** Why this run is not a function of config, seed and platform alone, a sentence each; absent where it is. */
  readonly inexact?: readonly string[]
  /** One entry each time the run (re)started from a cut; `from` is the cycle. */
  readonly epochs: readonly {
    readonly epoch: number
    readonly from: number
    readonly at: string
    readonly cause: string
  }[]
  readonly error?: ErrorRecord
}

export interface FinishedStage {
  readonly name: string
  readonly spent: Spent
  /** That it had when it ended. */
  readonly budget: Budget
}

/** Where a run's policies are measured, settled once for the whole run. */
export interface EvaluationDevice {
  readonly device: TakenDevice
  /** What `evaluation.device: auto` was settled by. */
  readonly choice?: DeviceChoice
}

/** The numeric platform: within it a run is a function of (config, seed). */
export interface Platform {
  readonly node: string
  readonly onnxruntime: string
  readonly provider: string
  readonly arch: string
  readonly os: string
  /** Instruction-set flags that decide ONNX Runtime's kernels, `avx512f avx2 fma`. */
  readonly instructions: string
}

/** The numeric platform of an actor of another program, in its own words; empty where it says nothing. */
export interface OutsidePlatform {
  readonly engine: string
  readonly provider: string
  readonly arch: string
  readonly instructions: string
  readonly runtime: string
}

/** `gallery.json`, rewritten at every cut. Level bytes are base64. */
export interface GalleryFile {
  readonly cycle: number
  readonly levels: readonly {
    readonly reason: GalleryReason
    readonly slot?: string
    readonly id: string
    readonly level: string
    readonly score: number
    readonly generation: number
    readonly ancestry: readonly {
      readonly id: string
      readonly operator: string
      readonly level?: string
    }[]
  }[]
}

/**
 * `evaluation.json`: the untrained and the final measurement per slot, EvaluationReport with level bytes as base64.
 * `baseline` is of the student before its first update, on the same sealed tasks.
 */
export interface EvaluationFile {
  readonly slots: Readonly<
    Record<string, { readonly baseline?: StoredEvaluation; readonly final?: StoredEvaluation }>
  >
}

export interface StoredEvaluation {
  readonly suite: string
  readonly episodes: number
  readonly seed: number
  /** Null where nothing can be solved: there the first of `measures` is `mean_return`. */
  readonly solvedRate: number | null
  readonly meanReturn: number
  readonly solvedInterval: readonly [number, number] | null
  /** Absent where the environment has none, and in files of an older Agon. */
  readonly measures?: readonly MeasureResult[] | undefined
  readonly policySha256: string
  readonly levels: readonly {
    readonly name: string
    readonly episodes: number
    readonly solvedRate: number | null
    readonly meanReturn: number
    readonly meanLength: number
    readonly measures?: Readonly<Record<string, Measured>> | undefined
    readonly returns: readonly number[]
    readonly lengths: readonly number[]
  }[]
  readonly recordings: readonly {
    readonly name: string
    readonly level: string
    /** Absent in files of an older Agon. */
    readonly dynamics?: StreamState | undefined
    readonly actions: readonly number[]
    readonly return: number
    /** Absent where nothing can be solved. */
    readonly solved?: boolean | undefined
  }[]
}

// ---- launching ----

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
}

export interface RunHandle {
  /** Rejects with AgonError; the cut directory still holds the last good cut. */
  readonly result: Promise<RunResult>
  /** Cut at the next cycle boundary, then stop (status `stopped`). */
  stop(): void
}
