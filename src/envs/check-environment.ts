import { AgonError } from '../core/errors.ts'
import { checkNames } from './check-names.ts'
import type { Environment } from './contract.ts'

/**
 * What a module made, if it is an environment as far as can be seen without playing it.
 * @throws AgonError `module/shape`, `environment/name`
 */
export function checkEnvironment(made: Environment<unknown>): Environment<unknown> {
  const { spec, levels, vector, solvedAbove } = made as Partial<Environment<unknown>>
  const shape = (message: string, remedy: string): AgonError =>
    new AgonError('module/shape', message, { remedy })
  if (typeof spec?.id !== 'string' || levels === undefined || typeof vector !== 'function')
    throw shape(
      "'environment.create' gives no environment",
      'return { spec, levels, vector, suites, suite, solvedAbove }',
    )
  if (typeof solvedAbove !== 'number' || Number.isNaN(solvedAbove))
    throw shape(
      `the environment '${spec.id}' has no number \`solvedAbove\``,
      'say above which return an episode solved its level, `solvedAbove: 0`; a function `solved` is not asked',
    )
  checkNames(made)
  return made
}
