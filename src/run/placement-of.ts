import type { RoleSeed } from '../actors/roles/contract.ts'
import { DEFAULT_LABEL } from '../actors/transport/grpc/versions.ts'
import type { SlotId } from '../core/ids.ts'
import type { Placement, RunConfig } from './contract.ts'

/** Where the config puts an actor. */
export function placementOf(
  placement: RunConfig['placement'],
  of: { readonly role: RoleSeed['role']; readonly slot?: SlotId },
): Placement {
  const { [of.role]: there } = placement
  if (typeof there === 'string') return there
  return there[of.slot as SlotId] ?? 'local'
}

/** The label of the node that a placement asks for; null where it asks for none. `node` alone means the default one. */
export function labelOf(place: Placement): string | null {
  if (place === DEFAULT_LABEL) return DEFAULT_LABEL
  return place.startsWith('node:') ? place.slice('node:'.length) : null
}
