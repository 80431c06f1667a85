import type { GalleryReason } from '../adversaries/contract.ts'
import type { ErrorRecord } from '../core/errors.ts'
import type { StreamState } from '../core/random.ts'
import type { Measured, MeasureResult } from '../evaluation/contract.ts'
import type { TakenDevice } from '../inference/device.ts'
import type { DeviceChoice } from '../inference/device-choice.ts'
import type { Budget, Spent } from './config-contract.ts'

/** The files of a run directory (docs/run-directory.md). */

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
  /** The cap of a service that ended the run before its budget did. */
  readonly limited?: ErrorRecord
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
