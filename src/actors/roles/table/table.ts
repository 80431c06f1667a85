import type { ActorId } from '../../../core/ids.ts'
import type { RoleSeed, Traits } from '../contract.ts'
import type { ExperimentPlan } from '../experiment-contract.ts'
import { actorName, nameActor } from '../names.ts'
import { adversary } from './adversary.ts'
import { evaluator } from './evaluator.ts'
import type { RoleRow } from './role-row.ts'
import { service } from './service.ts'
import { student } from './student.ts'

/** The roles that there are, in the order in which their actors are opened. */
export type RoleTable = readonly RoleRow[]

const row = <S extends RoleSeed>(one: RoleRow<S>): RoleRow => one as unknown as RoleRow

export const ROLES: RoleTable = [row(student), row(adversary), row(service), row(evaluator)]

/** @param role a name that the table has: roles come from plans and checked messages */
export function rowOf(role: string, table: RoleTable = ROLES): RoleRow {
  const found = table.find((one) => one.role === role)
  if (found === undefined) throw new Error(`there is no role '${role}'`)
  return found
}

/** The row of an actor, by its name. */
export const rowOfActor = (actor: ActorId, table: RoleTable = ROLES): RoleRow =>
  rowOf(actorName(actor).role, table)

export function actorOf(seed: RoleSeed, table: RoleTable = ROLES): ActorId {
  return nameActor(seed.role, rowOf(seed.role, table).place(seed))
}

/** One actor of a plan. */
export interface CastMember {
  readonly actor: ActorId
  readonly seed: RoleSeed
  readonly row: RoleRow
}

/** Every actor of a plan, in the order in which they are opened. */
export function castOf(plan: ExperimentPlan): readonly CastMember[] {
  return ROLES.flatMap((each) =>
    each.seeds(plan).map((seed) => ({ actor: actorOf(seed), seed, row: each })),
  )
}

/** What the row of an actor says of it, as the plan has it. */
export function memberOf(
  plan: ExperimentPlan,
  actor: ActorId,
): { readonly stateful: boolean; readonly traits: Traits } {
  const member = castOf(plan).find((one) => one.actor === actor)
  if (member === undefined) throw new Error(`there is no ${actor} in this run`)
  const { row, seed } = member
  return { stateful: row.stateful(seed), traits: row.traits(seed) }
}

/** Those that stand in cuts. */
export function statefulActors(plan: ExperimentPlan): readonly ActorId[] {
  return castOf(plan).flatMap(({ actor, seed, row: { stateful } }) =>
    stateful(seed) ? [actor] : [],
  )
}

/** Those that every cycle waits for. */
export function cyclingActors(plan: ExperimentPlan): readonly ActorId[] {
  return castOf(plan).flatMap(({ actor, row: { cycles } }) => (cycles ? [actor] : []))
}
