import type { EnvironmentRef, EnvironmentSpec } from '../../envs/contract.ts'
import type { NamedPolicies } from '../../seats/contract.ts'
import type { Probe } from '../contract.ts'
import type { RolloutJob, RolloutReport } from '../rollout/rollout-job.ts'
import type { SavedLanes } from '../rollout/saved-lanes.ts'
import type { Trajectory } from '../rollout/trajectory.ts'
import type { AdamJob, AdamReport, GradientReport, SharedModel } from '../trainer/contract.ts'
import type { Range } from '../trainer/shards.ts'
import type { Moments } from './normalise.ts'
import type { PpoOptions } from './options.ts'

export interface PpoSetup {
  readonly seed: number
  readonly slot: string
  readonly environment: EnvironmentRef
  readonly spec: EnvironmentSpec
  readonly options: PpoOptions
  readonly model: SharedModel
  /** Those that tasks may seat. */
  readonly policies: NamedPolicies | undefined
}

/** Computes the gradient of one shard of a minibatch into `model.gradients[shard]`. */
export interface GradientJob {
  readonly shard: number
  readonly columns: readonly number[]
  readonly moments: Moments
  /** 1/Σ weights and 1/steps of the whole minibatch. */
  readonly keptScale: number
  readonly allScale: number
}

/** What a learner thread does, one call at a time. */
export interface PpoThread {
  open(setup: PpoSetup): Promise<void>
  /** Fills the parameters from the student's initial streams. */
  initialise(): Promise<void>
  attach(trajectory: Trajectory): Promise<void>
  /**
   * What rollouts are played under from now on. @throws AgonError `probe/unknown`, `level/corrupt`
   */
  probe(probes: readonly Probe[]): Promise<void>
  /** Plays all of these; one after the other, or in turns where the environment steps apart. */
  rollouts(jobs: readonly RolloutJob[]): Promise<readonly RolloutReport[]>
  /** The lanes with the columns of `range`; null where their environment cannot be saved. */
  saveLanes(range: Range): Promise<SavedLanes | null>
  /** Closes all lanes of this thread. */
  dropLanes(): Promise<void>
  gradient(job: GradientJob): Promise<GradientReport>
  /** @throws AgonError `learner/not-finite`; the parameters are then left as they were */
  adam(job: AdamJob): Promise<AdamReport>
  /** The acting graph with the present parameters. */
  exportOnnx(): Promise<Uint8Array>
}
