import type { ActorName } from '../actors/roles/names.ts'
import { DEFAULT_LABEL } from '../actors/transport/grpc/versions.ts'
import type { Placement, RunConfig } from './contract.ts'

/**
 * Where the config puts an actor. The places of a role stand under its name, or under `<role>s` where there may be any number of
 * them: for all of them, or one by one.
 */
export function placementOf(
  placement: RunConfig['placement'],
  { role, place }: ActorName,
): Placement {
  const all: Readonly<Record<string, Placement | Readonly<Record<string, Placement>> | undefined>> =
    placement
  const there = all[role] ?? all[`${role}s`] ?? 'local'
  return typeof there === 'string' ? there : (there[place ?? ''] ?? 'local')
}

/** The label of the node that a placement asks for; null where it asks for none. `node` alone means the default one. */
export function labelOf(place: Placement): string | null {
  if (place === DEFAULT_LABEL) return DEFAULT_LABEL
  return place.startsWith('node:') ? place.slice('node:'.length) : null
}
