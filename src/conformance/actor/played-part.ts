import type { RoleName } from '../../actors/roles/table/placing.ts'
import type { agon } from '../../wire/index.ts'
import type { Question } from '../scripted-hub/saying.ts'

/** What an actor of one role is asked, without end: the cycles of a small experiment, or its measurements. */
export interface Turns {
  /** Whether no cycle is under way, so that state may be asked for. */
  readonly between: boolean
  /** The cycle last begun. */
  readonly cycle: number
  /** @param pad bytes to add to a message that can hold them; `padded` says whether this one did */
  next(pad?: number): Question & { readonly padded?: boolean }
}

/** What the stage has to know of a role. */
export interface PlayedPart {
  readonly role: RoleName
  readonly wireRole: agon.v1.Role
  /** Name of the actor in the welcome. */
  readonly actor: string
  readonly place: Pick<agon.v1.Welcome.$Properties, RoleName>
  /** Begins after `cycle` cycles. */
  turns(cycle: number): Turns
  /** Kinds that the hub must never send to this role. */
  readonly foreign: agon.v1.Kind
}
