import type { EnvironmentSpec } from '../../envs/contract.ts'
import { hasSteps, noSteps } from '../../envs/steppable.ts'
import { actionMask } from '../../inference/action-mask.ts'
import { createNetwork, groupMultipliers, type Network } from '../nets/index.ts'
import type { PpoOptions } from './options.ts'

/**
 * The network of a student in an environment, after what the student cannot do is refused: the same for a dry run, for
 * a start and for a thread. All agents of a slot share it.
 * @throws AgonError `env/no-steps`, `network/observation` or `network/group`
 */
export function ppoNetwork(options: PpoOptions, spec: EnvironmentSpec): Network {
  if (!hasSteps(spec)) throw noSteps(spec, 'the ppo student learns from the steps that it takes')
  const { observations, actions } = spec
  const mask = actionMask(spec)
  const network = createNetwork(
    { observations, actions, ...(mask === undefined ? {} : { mask }) },
    {
      ...options.network,
      ...(options.normalise?.observations === 'running' ? { running: true } : {}),
      ...(options.critics === undefined ? {} : { critics: options.critics }),
    },
  )
  groupMultipliers(network.layout, options.ppo.groups)
  return network
}
