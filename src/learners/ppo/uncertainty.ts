import { AgonError } from '../../core/errors.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { PpoOptions } from './options.ts'

/**
 * That there are probabilities to be undecided between.
 * @throws AgonError `learner/uncertainty`
 */
export function checkUncertainty(
  { uncertainty }: Pick<PpoOptions, 'uncertainty'>,
  { id, actions }: Pick<EnvironmentSpec, 'id' | 'actions'>,
): void {
  if (uncertainty !== true || actions.kind !== 'box') return
  throw new AgonError(
    'learner/uncertainty',
    `the ppo student is to tell how undecided it was (\`uncertainty: true\`), and the actions of '${id}' are real numbers`,
    { remedy: 'leave `uncertainty` out and choose a score without it, such as max-mc' },
  )
}
