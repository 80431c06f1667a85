import { AgonError } from '../../core/errors.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { createNetwork, groupMultipliers, type Network } from '../nets/index.ts'
import type { PpoOptions } from './options.ts'

/**
 * The network of a student in an environment, after what the student cannot do is refused: the same for a dry run, for
 * a start and for a thread.
 * @throws AgonError `learner/agents`, `network/observation` or `network/group`
 */
export function ppoNetwork(options: PpoOptions, spec: EnvironmentSpec): Network {
  if (spec.agents !== 1)
    throw new AgonError('learner/agents', `'${spec.id}' has ${spec.agents} agents in a slot`, {
      remedy: 'the ppo student plays environments of one agent',
      fields: { environment: spec.id, agents: spec.agents },
    })
  const { observations, actions } = spec
  const network = createNetwork({ observations, actions: actions.count }, options.network)
  groupMultipliers(network.layout, options.ppo.groups)
  return network
}
