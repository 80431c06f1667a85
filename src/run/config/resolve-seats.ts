import type { Environment } from '../../envs/contract.ts'
import type { PartConfig, RunConfig } from '../contract.ts'
import type { TopLevel } from './config.schema.ts'
import { castProblems, frozenProblems, resolvePolicies, seatingProblems } from './policies.ts'
import type { ConfigPath, ConfigProblem } from './problems.ts'
import type { Definitions } from './registry.ts'
import type { Place } from './schema-problems.ts'

/** A policy that a student attempts with, and where the config says so. */
export interface AttemptingPolicy {
  readonly slot: string
  readonly name: string
  readonly path: ConfigPath
}

/** Named policies and seats, where the config has any; what is wrong with them joins `problems`. */
export async function resolveSeats(
  top: TopLevel,
  {
    part,
    definition,
  }: { readonly part: PartConfig; readonly definition: Definitions['environment'] },
  given: {
    readonly baseDir: string
    readonly slots: readonly string[]
    readonly attempting: readonly AttemptingPolicy[]
    readonly place: Place
  },
  problems: ConfigProblem[],
): Promise<Pick<RunConfig, 'policies' | 'seating'>> {
  const { policies: written, seating, evaluation } = top
  const { baseDir, slots, attempting, place } = given
  const nothing = [written, seating, evaluation.seating].every((one) => one === undefined)
  if (nothing && attempting.length === 0) return {}
  let environment: Environment<unknown>
  try {
    environment = definition.create(part.options)
  } catch {
    // Told of the environment itself.
    return {}
  }
  const names = Object.keys(written ?? {})
  const frozen = attempting.map(({ slot }) => slot)
  const found = await resolvePolicies(written ?? {}, environment, slots, baseDir, place)
  problems.push(
    ...found.problems,
    ...seatingProblems(seating, environment, names, ['seating'], place),
    ...seatingProblems(evaluation.seating, environment, names, ['evaluation', 'seating'], place),
    ...attempting.flatMap(({ name, path }) =>
      frozenProblems(name, path, frozen, written ?? {}, place),
    ),
    ...castProblems(
      top,
      attempting.length === slots.length,
      attempting.map(({ name }) => name),
      place,
    ),
  )
  return {
    ...(written === undefined ? {} : { policies: found.policies }),
    ...(seating === undefined ? {} : { seating }),
  }
}
