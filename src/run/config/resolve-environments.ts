import { checkEnvironment } from '../../envs/check-environment.ts'
import { checkGenerator } from '../../envs/check-generator.ts'
import type { Environment } from '../../envs/contract.ts'
import type { EvaluationConfig } from '../contract.ts'
import { partAt } from './part-at.ts'
import { type ConfigPath, type ConfigProblem, pathText, shown } from './problems.ts'
import { expandRemote } from './remote-part.ts'
import { atPath, type PartSource } from './resolve-parts.ts'
import type { Place } from './schema-problems.ts'
import { suiteProblems } from './suites.ts'

/** The environment that measures has other options; another environment, or another module, would be measured as this one. */
export async function measuredAt(
  env: PartSource,
  overrides: Readonly<Record<string, unknown>>,
  place: Place,
  baseDir: string,
  problems: ConfigProblem[],
) {
  const path = ['evaluation', 'env']
  const { id, module, ...options } = { ...env, ...(expandRemote(overrides, baseDir) as PartSource) }
  if (id === env.id && module === env.module)
    return partAt(
      'environment',
      { ...options, id, ...(module === undefined ? {} : { module }) },
      path,
      place,
      baseDir,
      problems,
    )
  const key = id === env.id ? 'module' : 'id'
  problems.push({
    place: place([...path, key]),
    path: pathText([...path, key]),
    message: `must be that of env, ${shown(env[key])}: only options may differ while measuring`,
  })
  return null
}

type ResolvedEnvironment = NonNullable<Awaited<ReturnType<typeof partAt<'environment'>>>>

/** Makes the environment and one of its levels: what its options do not allow shows here, not in the first cycle. */
export function environmentProblems(
  { part, definition }: ResolvedEnvironment,
  path: ConfigPath,
  evaluation: EvaluationConfig | null,
  place: Place,
): readonly ConfigProblem[] {
  let environment: Environment<unknown>
  try {
    environment = checkEnvironment(definition.create(part.options))
    checkGenerator(environment.levels)
  } catch (error) {
    return [atPath(error, path, place)]
  }
  return evaluation === null ? [] : suiteProblems(evaluation, environment, place)
}
