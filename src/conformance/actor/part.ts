import type { Environment, EnvironmentRef } from '../../envs/contract.ts'
import type { agon } from '../../wire/index.ts'
import type { PlayedPart } from './played-part.ts'
import type { Stage } from './stage.ts'

/** One thing that the protocol asks of an actor. */
export interface ActorCheck {
  readonly name: string
  /** @throws Mismatch, NotReached, or whatever the other side says */
  run(stage: Stage): Promise<void>
}

/** What conformance has to know of a role. */
export interface Part extends PlayedPart {
  /** Its own checks, between those of the hello and those of streams. */
  readonly checks: readonly ActorCheck[]
}

/** The small experiment that the third party takes part in. */
export interface Setting {
  readonly environment: Environment<unknown>
  /** The handle that the third party is given. */
  readonly handle: agon.v1.Environment.$Properties
  /** The same as plain data, for evaluators of Agon. */
  readonly ref: EnvironmentRef
  /** What a service is asked, as JSON. */
  readonly payload: string
}
