import type { ActorName } from '../actors/roles/names.ts'
import { placingOf } from '../actors/roles/table/placing.ts'
import { DEFAULT_LABEL } from '../actors/transport/grpc/versions.ts'
import type { Placement, RunConfig } from './contract.ts'

/**
 * Where the config puts an actor. The places of a role stand under the key that its row names: for all of them, or one by one.
 */
export function placementOf(
  placement: RunConfig['placement'],
  { role, place }: ActorName,
): Placement {
  const { key } = placingOf(role)
  const there = placement[key] ?? 'local'
  return typeof there === 'string' ? there : (there[place ?? ''] ?? 'local')
}

/** The label of the node that a placement asks for; null where it asks for none. `node` alone means the default one. */
export function labelOf(place: Placement): string | null {
  if (place === DEFAULT_LABEL) return DEFAULT_LABEL
  return place.startsWith('node:') ? place.slice('node:'.length) : null
}

const HERE: readonly Placement[] = ['local', 'thread', 'process']

/** Whether the config has the actor on the hub's own machine. */
export const isHere = (placement: RunConfig['placement'], actor: ActorName): boolean =>
  HERE.includes(placementOf(placement, actor))
