import type { StreamState } from '../core/random.ts'
import type { EnvironmentRef, Measure } from '../envs/contract.ts'
import type { TakenDevice } from '../inference/device.ts'
import type { DeviceChoice } from '../inference/device-choice.ts'
import type { PolicySource } from '../inference/policy-source.ts'
import type { NamedPolicies, Seating } from '../seats/contract.ts'

/** Measures a policy on sealed tasks that no adversary ever sees. Never touches a learner's random streams. */
export interface Evaluator {
  /** @param policy null where {@link EvaluationRequest.seating} has somebody in every seat */
  measure(policy: PolicySource | null, request: EvaluationRequest): Promise<EvaluationReport>
  close(): Promise<void>
}

export interface EvaluationRequest {
  readonly environment: EnvironmentRef
  /** Suite id, `random:<n>`, or several joined with `+`. */
  readonly suite: string
  /** Episodes per level (suite entry); each with fresh state and sampled actions. */
  readonly episodes: number
  readonly seed: number
  /** Levels of a user's file, instead of a suite: name → canonical bytes. */
  readonly levels?: Readonly<Record<string, Uint8Array>>
  /** How many episodes per level keep their recording, for replays. */
  readonly record?: number
  /**
   * Who sits beside the policy that is measured, by the names that the evaluator or `policies` knows; absent: it plays every seat.
   * Its first own seat is measured, or the first of all where it has none.
   */
  readonly seating?: Seating
  /** Policies that `seating` names and that are of this request alone: students of a run, as they are now. */
  readonly policies?: NamedPolicies
}

/** What came of a measure. */
export interface Measured {
  readonly value: number
  /** 95 %. */
  readonly interval: readonly [number, number]
}

export type MeasureResult = Measure & Measured

export interface LevelResult {
  readonly name: string
  readonly episodes: number
  /** Null where nothing can be solved. */
  readonly solvedRate: number | null
  readonly meanReturn: number
  readonly meanLength: number
  /** Those of the environment by name; intervals over episodes, Wilson's for shares and bootstraps for means. */
  readonly measures?: Readonly<Record<string, Measured>>
  /** Per episode, in order. */
  readonly returns: readonly number[]
  readonly lengths: readonly number[]
}

/** One recorded episode: enough to play it again exactly. */
export interface Recording {
  readonly name: string
  readonly level: Uint8Array
  /** Where the environment's stream stood at the start. */
  readonly dynamics: StreamState
  readonly actions: readonly number[]
  readonly return: number
  /** Absent where nothing can be solved. */
  readonly solved?: boolean
}

export interface EvaluationReport {
  readonly suite: string
  readonly episodes: number
  readonly seed: number
  /** Mean over levels; null where nothing can be solved: there the first of `measures` is `mean_return`. */
  readonly solvedRate: number | null
  readonly meanReturn: number
  /** 95 % bootstrap interval of `solvedRate` over levels (percentile, 2 000 draws, seeded); null as it is. */
  readonly solvedInterval: readonly [number, number] | null
  /** Those of the environment, mean and interval over levels as of `solvedRate`; absent where it has none. */
  readonly measures?: readonly MeasureResult[]
  readonly levels: readonly LevelResult[]
  readonly recordings: readonly Recording[]
  /** Empty where it is not known, and where named policies alone played. */
  readonly policySha256: string
  /** Where the policy ran, if another device than the CPU was asked for. */
  readonly device?: TakenDevice
  /** What `device: auto` has measured. */
  readonly choice?: DeviceChoice
}
