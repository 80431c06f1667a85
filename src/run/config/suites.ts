import type { Environment } from '../../envs/contract.ts'
import { isRandomSuite, randomSuite } from '../../evaluation/random-suite.ts'
import type { EvaluationConfig } from '../contract.ts'
import { type ConfigPath, type ConfigProblem, pathText, shown } from './problems.ts'
import { hint, type Place } from './schema-problems.ts'

/** Suites that the environment does not have; `random:<n>` is everywhere. */
export function suiteProblems(
  { suite, final }: Pick<EvaluationConfig, 'suite' | 'final'>,
  { suites }: Pick<Environment<unknown>, 'suites'>,
  place: Place,
): readonly ConfigProblem[] {
  const first = unknownSuites(suite, suites, ['evaluation', 'suite'], place)
  return final.suite === suite
    ? first
    : [...first, ...unknownSuites(final.suite, suites, ['evaluation', 'final', 'suite'], place)]
}

function unknownSuites(
  joined: string,
  suites: readonly string[],
  path: ConfigPath,
  place: Place,
): readonly ConfigProblem[] {
  const names = joined.split('+').map((name) => name.trim())
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  const at = { place: place(path), path: pathText(path) }
  if (twice !== undefined) return [{ ...at, message: `suite '${twice}' is named twice` }]
  return names.flatMap((name) => {
    if (suites.includes(name)) return []
    if (isRandomSuite(name)) {
      const { fault } = randomSuite(name)
      return fault === null ? [] : [{ ...at, message: fault }]
    }
    const message = `there is no suite ${shown(name)}; there are ${[...suites, 'random:<n>'].join(', ')}`
    return [{ ...at, message, ...hint(name, suites) }]
  })
}
