import { AgonError } from '../core/errors.ts'
import { loadModule } from '../core/module.ts'
import type { Environment, EnvironmentDefinition, EnvironmentRef } from '../envs/contract.ts'

/**
 * Makes an environment again from plain data, in whatever thread this is.
 * @throws AgonError `module/missing`, `module/broken`, `module/no-environment`
 */
export async function makeEnvironment(ref: EnvironmentRef): Promise<Environment<unknown>> {
  const { environment } = await loadModule(ref.module)
  const definition = environment as EnvironmentDefinition<unknown, unknown> | undefined
  if (typeof definition?.create !== 'function')
    throw new AgonError('module/no-environment', 'the module exports no `environment`', {
      place: ref.module,
      remedy: 'export const environment = { id, options, create }',
    })
  return definition.create(ref.options)
}
