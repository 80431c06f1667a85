import type { AutoReset, EnvironmentRef, EnvironmentSpec } from '../../envs/contract.ts'
import type { NamedPolicies } from '../../seats/contract.ts'
import type { RolloutJob, RolloutReport, TaskJob } from '../rollout/rollout-job.ts'
import type { FrozenOptions } from './options.ts'

export interface FrozenSetup {
  readonly seed: number
  readonly slot: string
  readonly environment: EnvironmentRef
  readonly spec: EnvironmentSpec
  readonly options: FrozenOptions
  readonly policies: NamedPolicies
}

/** Attempts `tasks`, of which the first is the batch's task number `first`. */
export interface FrozenJob {
  readonly cycle: number
  readonly first: number
  readonly tasks: readonly TaskJob[]
  readonly autoReset: AutoReset
  readonly policies?: RolloutJob['policies']
  /** Whether the episodes are to be recorded. */
  readonly record?: true
}

export interface FrozenReport extends RolloutReport {
  readonly envSteps: number
}

/** What a thread of a frozen student does, one call at a time. */
export interface FrozenThread {
  /** @returns whether the policy has a critic @throws AgonError `seat/*`, `policy/*`, `onnx/*` */
  open(setup: FrozenSetup): Promise<boolean>
  attempt(job: FrozenJob): Promise<FrozenReport>
  close(): Promise<void>
}
