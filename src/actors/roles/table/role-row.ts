import type { ErrorRecord } from '../../../core/errors.ts'
import type { agon } from '../../../wire/index.ts'
import type { Expectation } from '../../transport/grpc/contract.ts'
import type { FromRole, RoleSeed, ToRole, Traits } from '../contract.ts'
import type { ExperimentPlan } from '../experiment-contract.ts'
import type { Conversation, Side } from '../wire/entry.ts'
import type { SeedCodec } from '../wire/seed.ts'

/** What an actor holds that has threads, or connections, of its own. */
export interface Body {
  close(): Promise<void>
}

/** What a hub knows of an actor of another program. */
export interface Outside {
  /** Why a level cannot be attempted, or null; for levels that come from outside. */
  readonly levelFault: (level: Uint8Array) => ErrorRecord | null
  /** Why the environment cannot be probed so, or null. */
  readonly probeFault: (name: string) => ErrorRecord | null
  /** Whether another program plays it, rather than a node of Agon. */
  readonly attached: boolean
}

/**
 * One role: all that hosting, wire, hub and experiment have to know of it. To add a role is to add a row and the files that it
 * names. `S` is what an actor of the role is made from.
 */
export interface RoleRow<S extends { readonly role: string } = RoleSeed> {
  readonly role: S['role']
  readonly wire: agon.v1.Role
  /** Its place among the actors of its role: a slot, a service; null where there is one. */
  place(seed: S): string | null
  /** Its actors in a plan, in the order in which they are opened. */
  seeds(plan: ExperimentPlan): readonly S[]
  /** With the first of the run, or when something is first asked of it. */
  readonly opened: 'first' | 'needed'
  /** Whether it stands in cuts; its loss then takes the run back to the last one. One that does not is made and asked again. */
  stateful(seed: S): boolean
  /** Whether every cycle waits for it to say that its part is done. */
  readonly cycles: boolean
  /** Whether it may be asked for a policy file. */
  readonly exports: boolean
  readonly hears: readonly ToRole['type'][]
  readonly says: readonly FromRole['type'][]
  /** What one that Agon makes can do. */
  traits(seed: S): Traits
  /** The XState logic of the actor. */
  readonly machine: unknown
  /** How its seeds travel to a node. */
  readonly placed: SeedCodec<S>
  /** What it is given beside the means to speak. */
  input(seed: S): object
  /** Of the machine's context; null where nothing has to be closed. */
  body(context: Readonly<Record<string, unknown>>): Body | null
  /** What the hub's end of a conversation must know beside its messages. */
  side(seed: S, outside: Outside): Omit<Side, 'role'>
  /** What the welcome says of the place. */
  welcome(seed: S, environment: agon.v1.Environment.$Properties): Expectation['place']
  /** What its hello says, from the first message of a remote one. */
  hello(ready: agon.v1.Ready, talk: Conversation): object
}
