import type { AdversaryDefinition } from '../adversaries/contract.ts'
import { AgonError } from '../core/errors.ts'
import { loadExport } from '../core/module.ts'
import { canSave } from '../envs/can-save.ts'
import { loadEnvironment } from '../envs/load-environment.ts'
import type { StudentDefinition } from '../learners/contract.ts'
import type { RunConfig } from '../run/contract.ts'
import { partsOf } from '../run/stages/stage-files.ts'

/**
 * Where episodes go on from cycle to cycle and the environment cannot be saved, they begin afresh at every cut: how often
 * there is one decides the bits then, as nothing else of what may change when a run goes on.
 * @throws AgonError `config/fixed`
 */
export async function checkCarriedCuts(before: RunConfig, after: RunConfig): Promise<void> {
  if (before.cuts.every === after.cuts.every) return
  for (const part of partsOf(after)) {
    const slot = await cutSlot(part)
    if (slot === null) continue
    throw new AgonError(
      'config/fixed',
      `may not change at resume here: episodes of the student in slot '${slot}' go on from cycle to cycle (rollout.carry), '${part.env.id}' cannot be saved, and so they begin afresh at every cut`,
      {
        place: 'cuts.every',
        remedy: `leave it at ${before.cuts.every}, or begin a new run`,
      },
    )
  }
}

/** The first slot whose episodes are cut by cuts. */
async function cutSlot({ env, adversary, students }: RunConfig): Promise<string | null> {
  for (const [slot, { module, options }] of Object.entries(students)) {
    const student = await loadExport<StudentDefinition<unknown>>(module, 'student')
    if (student.carries?.(options) !== true) continue
    const opponent = await loadExport<AdversaryDefinition<unknown>>(adversary.module, 'adversary')
    if (opponent.repeatsLevels?.(adversary.options) === true) return null
    const environment = await loadEnvironment({ module: env.module, options: env.options })
    return environment.vector === undefined || canSave(environment) ? null : slot
  }
  return null
}
