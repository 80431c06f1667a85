import { loadExport } from '../core/module.ts'
import { checkEnvironment } from './check-environment.ts'
import { withCheckedLevels } from './checked-levels.ts'
import type { Environment, EnvironmentDefinition, EnvironmentRef } from './contract.ts'

/**
 * Makes an environment from plain data, in whatever thread this is.
 * Levels that it makes are checked: they throw `level/refused`.
 * @throws AgonError `module/missing`, `module/broken`, `module/export`, `module/shape`, and what the environment says of its options
 */
export async function loadEnvironment(ref: EnvironmentRef): Promise<Environment<unknown>> {
  const definition = await loadExport<EnvironmentDefinition<unknown, unknown>>(
    ref.module,
    'environment',
  )
  return withCheckedLevels(checkEnvironment(definition.create(ref.options)))
}
