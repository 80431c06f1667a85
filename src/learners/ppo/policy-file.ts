import type { ActionSpec } from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { cardOfSetting } from '../../inference/card-of-setting.ts'
import type { PolicyCard, PolicyFile } from '../../inference/contract.ts'
import { checkSetting } from '../../inference/policy-fit.ts'
import type { StudentContext } from '../contract.ts'
import { loadSegments, type Network } from '../nets/index.ts'
import { readInitializers } from '../onnx-initializers.ts'

/** The card of a student's policy. */
export function policyCard(
  { spec, training }: Pick<StudentContext, 'spec' | 'training'>,
  network: Network,
  updates: number,
): PolicyCard {
  return {
    ...cardOfSetting({ ...spec, actions: unnamed(spec.actions) }),
    state: network.state,
    decode: 'sample',
    ...(network.distribution === 'beta' ? { distribution: network.distribution } : {}),
    ...renamed(network.inputs),
    normalisation: network.normalisation,
    training: { ...training, student: 'ppo', gradientUpdates: updates },
  }
}

/** Names of actions are the environment's business. */
function unnamed({ names: _, ...actions }: ActionSpec): ActionSpec {
  return actions as ActionSpec
}

/** Only what differs: most names are taken as they are. */
function renamed(inputs: Network['inputs']): Pick<PolicyCard, 'names'> {
  const names = Object.entries(inputs).filter(([name, input]) => name !== input)
  return names.length === 0 ? {} : { names: Object.fromEntries(names) }
}

/**
 * Fills `parameters` with the weights of an exported policy.
 * @throws AgonError `policy/profile`, `policy/observations`, `policy/actions` or `network/weights`
 */
export function loadPolicy(
  file: PolicyFile,
  spec: StudentContext['spec'],
  network: Network,
  parameters: Float32Array,
): void {
  checkSetting(file.card, spec)
  checkStatistics(file, network)
  loadSegments(network.layout, parameters, readInitializers(file.onnx))
}

/** Weights belong to inputs that are normalised, or to such as are not. */
function checkStatistics({ card }: PolicyFile, { running }: Network): void {
  const given = card.statistics?.observations ?? {}
  const wanted = running?.observations ?? []
  const fault = (message: string): AgonError =>
    new AgonError('network/weights', message, {
      place: 'normalise.observations',
      remedy: 'start with the normalise options that the policy was trained with',
    })
  for (const name of Object.keys(given))
    if (!wanted.includes(name))
      throw fault(`the policy was trained on '${name}' normalised by running statistics`)
  wanted.forEach((name, i) => {
    const size = running?.layout.segments[2 * i].size
    if (given[name] === undefined)
      throw fault(`the policy has no running statistics of '${name}', and its weights know none`)
    if (given[name].mean.length !== size || given[name].variance.length !== size)
      throw fault(`the policy's statistics of '${name}' are not of ${size} elements`)
  })
}
