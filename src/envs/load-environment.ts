import { loadExport } from '../core/module.ts'
import type { Environment, EnvironmentDefinition, EnvironmentRef } from './contract.ts'

/**
 * Makes an environment from plain data, in whatever thread this is.
 * @throws AgonError `module/missing`, `module/broken`, `module/export`, and what the environment says of its options
 */
export async function loadEnvironment(ref: EnvironmentRef): Promise<Environment<unknown>> {
  const definition = await loadExport<EnvironmentDefinition<unknown, unknown>>(
    ref.module,
    'environment',
  )
  return definition.create(ref.options)
}
