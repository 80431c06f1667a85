import type { ZodType } from 'zod'
import type { Json, Snapshot } from '../core/snapshot.ts'
import type { StepCost } from '../core/step-cost.ts'
import type { DatasetRef } from '../datasets/contract.ts'
import type { Environment, EnvironmentRef } from '../envs/contract.ts'

/**
 * A service is an actor that others ask for work: a judge, a mutator, a model, an executor, a learned builder. Adversaries, students
 * and graders ask it; the experiment carries the question, keeps the reply whole before its effect, and never asks again what
 * has been answered.
 */

/** A JSON value: what crosses wires and disks alike. */
export type { Json }

export interface Ask {
  /** Determined by the cycle: the same cycle asks the same under the same key. */
  readonly key: string
  readonly payload: Json
  /** Bytes beside the payload, by name. */
  readonly attachments?: Readonly<Record<string, Uint8Array>>
}

export interface Answer {
  readonly payload: Json
  readonly attachments?: Readonly<Record<string, Uint8Array>>
  readonly cost?: Cost
}

/** What an answer cost beside one call. */
export interface Cost {
  readonly tokens?: number
  /** In whatever unit the caps are given in. */
  readonly money?: number
}

/** The body of a service actor. Several calls may be under way at a time; `signal` says that nobody waits for one any more. */
export interface Service {
  /** Rejects with an error whose `retry` is true where another try may have an answer; any other rejection ends the run. */
  ask(request: Ask, signal: AbortSignal): Promise<Answer>
  /** Stateful ones only; never while a call is under way. */
  snapshot?(): Promise<Snapshot>
  /** @throws AgonError `snapshot/foreign` */
  restore?(snapshot: Snapshot): Promise<void>
  /** Rejects as soon as the service cannot go on; never resolves. */
  readonly lost?: Promise<never>
  close(): Promise<void>
}

export interface ServiceTraits {
  /** The same questions always get the same answers. */
  readonly deterministic: boolean
  /** Its answers depend on earlier questions: it stands in cuts. */
  readonly stateful: boolean
}

/** Of the limits of a service, those that its own work decides. */
export interface ServiceLimits {
  readonly concurrency?: number
  readonly deadlineSeconds?: number
  readonly retries?: number
}

/** Of a service that learns from each task of a cycle. */
export interface ServiceLearning {
  readonly parameters: number
  /** Its own steps for each task. */
  readonly steps: number
  readonly step: StepCost
}

export interface ServiceContext {
  readonly name: string
  readonly seed: number
  readonly environment: EnvironmentRef
  /** Threads that it may use. */
  readonly workers: number
  /** What an earlier stage has left to this one, for a kind that says `readsDataset`. */
  readonly dataset?: DatasetRef
}

/** What a module exports as `service`. `options` is a zod object, every field described and defaulted. */
export interface ServiceDefinition<O> {
  readonly id: string
  readonly options: ZodType<O>
  traits(options: O): ServiceTraits
  /** Limits where the config says nothing of them. */
  limits?(options: O): ServiceLimits
  /** What it needs of the environment, before any work. @throws AgonError what is missing, with the remedy */
  checkEnvironment?(options: O, environment: Environment<unknown>): void
  /** What learning takes of it in this environment, for estimates; absent: it learns nothing. */
  learning?(options: O, environment: Environment<unknown>): ServiceLearning
  /** Whether it makes use of a dataset. */
  readonly readsDataset?: true
  create(options: O, context: ServiceContext): Promise<Service>
}
