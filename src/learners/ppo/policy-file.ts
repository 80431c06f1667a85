import { createRequire } from 'node:module'
import { AgonError } from '../../core/errors.ts'
import type { PolicyCard, PolicyFile } from '../../inference/contract.ts'
import type { StudentContext } from '../contract.ts'
import { loadSegments, type Network } from '../nets/index.ts'
import { readInitializers } from '../onnx-initializers.ts'

/** The card of a student's policy. */
export function policyCard(
  { spec, training }: Pick<StudentContext, 'spec' | 'training'>,
  network: Network,
  updates: number,
): PolicyCard {
  const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string }
  return {
    format: 1,
    agon: version,
    environment: { id: spec.id, profile: spec.profile },
    observations: spec.observations,
    actions: { kind: 'discrete', count: spec.actions.count },
    state: network.state,
    decode: 'sample',
    normalisation: network.normalisation,
    training: { ...training, student: 'ppo', gradientUpdates: updates },
  }
}

/**
 * Fills `parameters` with the weights of an exported policy.
 * @throws AgonError `policy/profile` or `network/weights`
 */
export function loadPolicy(
  file: PolicyFile,
  spec: StudentContext['spec'],
  network: Network,
  parameters: Float32Array,
): void {
  const { id, profile } = file.card.environment
  if (id !== spec.id || profile !== spec.profile)
    throw new AgonError(
      'policy/profile',
      `the policy was trained for ${id}/${profile}, this student plays ${spec.id}/${spec.profile}: refused, not transposed`,
      { remedy: 'start from a policy of the same environment and profile' },
    )
  loadSegments(network.layout, parameters, readInitializers(file.onnx))
}
