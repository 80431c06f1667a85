import type { AdversaryDefinition } from '../adversaries/contract.ts'
import { canSave } from '../envs/can-save.ts'
import type { Environment } from '../envs/contract.ts'

/** What becomes of episodes that are to go on from cycle to cycle, where it is not that. */
export function carryNotes(
  environment: Environment<unknown>,
  { id, repeatsLevels }: Pick<AdversaryDefinition<unknown>, 'id' | 'repeatsLevels'>,
  options: unknown,
  cutEvery: number,
): readonly string[] {
  if (repeatsLevels?.(options) === true)
    return [
      `rollout.carry is continue, and the adversary ${id} repeats levels: every cycle begins with fresh episodes`,
    ]
  if (environment.vector === undefined || canSave(environment)) return []
  return [
    `rollout.carry is continue, and the environment '${environment.spec.id}' cannot be saved: episodes begin afresh at every cut (cuts.every ${cutEvery}), also at that of Ctrl-C, after which the bits are not those of a run that was never stopped`,
  ]
}
