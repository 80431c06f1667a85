import type { RoleSeed } from '../actors/roles/contract.ts'
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
