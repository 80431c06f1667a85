import type { AdversaryDefinition } from './contract.ts'

/** Gives a definition back with its option type inferred; a module exports the result as `adversary`. */
export function defineAdversary<O>(definition: AdversaryDefinition<O>): AdversaryDefinition<O> {
  return definition
}
