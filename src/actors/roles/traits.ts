import type { Traits } from './contract.ts'

/** What an actor that Agon makes itself can do, where its role has nothing else. */
export const OWN_TRAITS: Traits = {
  deterministic: true,
  snapshots: true,
  probes: true,
  exportsPolicy: true,
}
