import type { EnvironmentDefinition } from './contract.ts'

/** Identity with types: checks a module's `environment` export where it is written. */
export function defineEnvironment<O, L>(
  definition: EnvironmentDefinition<O, L>,
): EnvironmentDefinition<O, L> {
  return definition
}
