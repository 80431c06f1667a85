import type { SlotId } from '../../core/ids.ts'
import type { ModuleUrl } from '../../core/module.ts'
import type { DatasetRef } from '../../datasets/contract.ts'
import type { EnvironmentRef, EnvironmentSpec } from '../../envs/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { TakenDevice } from '../../inference/device.ts'
import type { NamedPolicies } from '../../seats/contract.ts'
import type { ServiceTraits } from '../../services/contract.ts'

/** What an actor is made from, in whatever thread it is placed. */

export interface StudentSeed {
  readonly role: 'student'
  readonly slot: SlotId
  /** Trainable tasks to ask for each cycle. */
  readonly count: number
  readonly module: ModuleUrl
  readonly options: unknown
  readonly seed: number
  readonly environment: EnvironmentRef
  readonly spec: EnvironmentSpec
  readonly workers: number
  readonly init?: PolicyFile
  /** Those that tasks may seat. */
  readonly policies?: NamedPolicies
  /** It never learns: untrained and trained are the same. */
  readonly frozen?: true
  readonly training: Readonly<Record<string, string | number>>
  readonly dataset?: DatasetRef
}
export interface AdversarySeed {
  readonly role: 'adversary'
  readonly module: ModuleUrl
  readonly options: unknown
  readonly seed: number
  readonly environment: EnvironmentRef
  readonly slots: readonly SlotId[]
  readonly discount?: number
  readonly dataset?: DatasetRef
}
export interface EvaluatorSeed {
  readonly role: 'evaluator'
  readonly workers: number
  /** Absent: the CPU. */
  readonly device?: TakenDevice
  /** Those that the seating of a measurement may name. */
  readonly policies?: NamedPolicies
}
export interface ServiceSeed {
  readonly role: 'service'
  readonly name: string
  readonly module: ModuleUrl
  readonly options: unknown
  readonly seed: number
  readonly environment: EnvironmentRef
  readonly workers: number
  readonly traits: ServiceTraits
  readonly dataset?: DatasetRef
}
export type RoleSeed = StudentSeed | AdversarySeed | EvaluatorSeed | ServiceSeed
