import type { Environment } from '../../envs/contract.ts'
import { requireFinals } from '../../envs/finals.ts'
import type { PpoOptions } from './options.ts'

/**
 * That the environment gives what the options need of episodes that are cut.
 * @throws AgonError `env/no-finals`
 */
export function checkTimeLimit(
  { ppo }: PpoOptions,
  environment: Pick<Environment<unknown>, 'spec' | 'givesFinals'>,
): void {
  if (ppo.timeLimit === 'bootstrap')
    requireFinals(environment, 'the ppo student needs it for `ppo.timeLimit: bootstrap`')
}
