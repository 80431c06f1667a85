import { checkActionSpec } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import { checkNames } from './check-names.ts'
import type { Environment } from './contract.ts'
import { measuresFault } from './measures.ts'
import { hasSteps } from './steppable.ts'

/**
 * What a module made, if it is an environment as far as can be seen without playing it.
 * @throws AgonError `module/shape`, `environment/name`
 */
export function checkEnvironment(made: Environment<unknown>): Environment<unknown> {
  const { spec, levels, vector, solvedAbove } = made as Partial<Environment<unknown>>
  const shape = (message: string, remedy: string): AgonError =>
    new AgonError('module/shape', message, { remedy })
  if (
    typeof spec?.id !== 'string' ||
    levels === undefined ||
    !['function', 'undefined'].includes(typeof vector)
  )
    throw shape(
      "'environment.create' gives no environment",
      'return { spec, levels, vector, suites, suite, solvedAbove }',
    )
  if (hasSteps({ observations: spec.observations ?? {} }) !== (vector !== undefined))
    throw shape(
      vector === undefined
        ? `the environment '${spec.id}' has observations and no \`vector\` to step`
        : `the environment '${spec.id}' has a \`vector\` to step and no observations`,
      'give both, or neither: `spec: specWithoutSteps({ id, profile })` is that of an environment without steps',
    )
  if (typeof solvedAbove !== 'number' || Number.isNaN(solvedAbove))
    throw shape(
      `the environment '${spec.id}' has no number \`solvedAbove\``,
      'say above which return an episode solved its level, `solvedAbove: 0`; a function `solved` is not asked',
    )
  if (vector !== undefined) checkActionSpec(spec.actions, 'module/shape', 'spec.actions')
  if ((made.probe === undefined) !== (made.probes === undefined))
    throw shape(
      `the environment '${spec.id}' has one of \`probe\` and \`probes\``,
      'give both: the names of its probes and the function that makes one',
    )
  const unfit = measuresFault(made.measures ?? [])
  if (unfit !== null)
    throw shape(
      `the environment '${spec.id}' names its measures wrongly: ${unfit}`,
      "write `measures: [{ name: 'mean_length', about: 'Steps of an episode.', better: 'lower', of: 'length' }]`",
    )
  checkNames(made)
  return made
}
