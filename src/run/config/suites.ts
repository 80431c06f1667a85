import { nameFault } from '../../envs/check-names.ts'
import type { Environment } from '../../envs/contract.ts'
import { isRandomSuite, randomSuite } from '../../evaluation/random-suite.ts'
import type { EvaluationConfig } from '../contract.ts'
import { type ConfigPath, type ConfigProblem, pathText, shown } from './problems.ts'
import { hint, type Place } from './schema-problems.ts'

/** Suites that the environment does not have; `random:<n>` is everywhere. */
export function suiteProblems(
  { suite, final }: Pick<EvaluationConfig, 'suite' | 'final'>,
  environment: Pick<Environment<unknown>, 'suites' | 'suite'>,
  place: Place,
): readonly ConfigProblem[] {
  const first = unknownSuites(suite, environment, ['evaluation', 'suite'], place)
  return final.suite === suite
    ? first
    : [
        ...first,
        ...unknownSuites(final.suite, environment, ['evaluation', 'final', 'suite'], place),
      ]
}

function unknownSuites(
  joined: string,
  environment: Pick<Environment<unknown>, 'suites' | 'suite'>,
  path: ConfigPath,
  place: Place,
): readonly ConfigProblem[] {
  const { suites } = environment
  const names = joined.split('+').map((name) => name.trim())
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  const at = { place: place(path), path: pathText(path) }
  if (twice !== undefined) return [{ ...at, message: `suite '${twice}' is named twice` }]
  return names.flatMap((name) => {
    if (suites.includes(name)) return entryProblems(name, environment, at)
    if (isRandomSuite(name)) {
      const { fault } = randomSuite(name)
      return fault === null ? [] : [{ ...at, message: fault }]
    }
    const message = `there is no suite ${shown(name)}; there are ${[...suites, 'random:<n>'].join(', ')}`
    return [{ ...at, message, ...hint(name, suites) }]
  })
}

/** Entries stand in metrics and reports by their names. */
function entryProblems(
  id: string,
  environment: Pick<Environment<unknown>, 'suite'>,
  at: Pick<ConfigProblem, 'place' | 'path'>,
): readonly ConfigProblem[] {
  const names = environment.suite(id).entries.map(({ name }) => name)
  const seen = new Set<string>()
  for (const name of names) {
    const fault = nameFault(name) ?? (seen.has(name) ? 'stands there twice' : null)
    if (fault !== null)
      return [{ ...at, message: `the suite '${id}': its entry ${JSON.stringify(name)} ${fault}` }]
    seen.add(name)
  }
  return []
}
