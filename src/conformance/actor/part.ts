import type { Environment, EnvironmentRef } from '../../envs/contract.ts'
import type { agon } from '../../wire/index.ts'
import type { Question } from '../hub/saying.ts'
import type { Stage } from './stage.ts'

export type ActorRole = 'student' | 'adversary' | 'evaluator'

/** What an actor of one role is asked, without end: the cycles of a small experiment, or its measurements. */
export interface Turns {
  /** Whether no cycle is under way, so that state may be asked for. */
  readonly between: boolean
  /** The cycle last begun. */
  readonly cycle: number
  /** @param pad bytes to add to a message that can hold them; `padded` says whether this one did */
  next(pad?: number): Question & { readonly padded?: boolean }
}

/** One thing that the protocol asks of an actor. */
export interface ActorCheck {
  readonly name: string
  /** @throws Mismatch, NotReached, or whatever the other side says */
  run(stage: Stage): Promise<void>
}

/** What conformance has to know of a role. */
export interface Part {
  readonly role: ActorRole
  readonly wireRole: agon.v1.Role
  /** Name of the actor in the welcome. */
  readonly actor: string
  readonly place: Pick<agon.v1.Welcome.$Properties, 'student' | 'adversary' | 'evaluator'>
  /** Begins after `cycle` cycles. */
  turns(cycle: number): Turns
  /** Its own checks, between those of the hello and those of streams. */
  readonly checks: readonly ActorCheck[]
  /** Kinds that the hub must never send to this role. */
  readonly foreign: agon.v1.Kind
}

/** The small experiment that the third party takes part in. */
export interface Setting {
  readonly environment: Environment<unknown>
  /** The handle that the third party is given. */
  readonly handle: agon.v1.Environment.$Properties
  /** The same as plain data, for evaluators of Agon. */
  readonly ref: EnvironmentRef
}
