import type { ServiceDefinition } from './contract.ts'

/** Gives a definition back with its option type inferred; a module exports the result as `service`. */
export function defineService<O>(definition: ServiceDefinition<O>): ServiceDefinition<O> {
  return definition
}
