import { type ActorId, actorId, type SlotId } from '../../core/ids.ts'

/** What the name of an actor is made of: its role, and its place where the role has several. */
export interface ActorName {
  readonly role: string
  /** A slot, a service; null where the role has one actor. */
  readonly place: string | null
}

/** `adversary`, `student/agent`, `service/judge`. */
export const nameActor = (role: string, place: string | null): ActorId =>
  actorId(place === null ? role : `${role}/${place}`)

export function actorName(actor: ActorId): ActorName {
  const cut = actor.indexOf('/')
  return cut < 0
    ? { role: actor, place: null }
    : { role: actor.slice(0, cut), place: actor.slice(cut + 1) }
}

/** Who asks the graders. */
export const EXPERIMENT = nameActor('experiment', null)
export const ADVERSARY = nameActor('adversary', null)
export const EVALUATOR = nameActor('evaluator', null)
export const studentActor = (slot: SlotId): ActorId => nameActor('student', slot)
export const serviceActor = (service: string): ActorId => nameActor('service', service)
/** Of a student. */
export const slotOf = (actor: ActorId): SlotId => actorName(actor).place as SlotId
