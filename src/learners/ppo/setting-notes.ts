import type { TensorSpec } from '../../core/tensor.ts'
import type { EnvironmentSpec } from '../../envs/contract.ts'
import { encodedImage, layersOf } from '../nets/encoders.ts'
import { axesNote, imageAxes } from '../nets/image-axes.ts'
import type { PpoOptions } from './options.ts'

/** Features of one image from which layers with strides are worth a word: one of 64 × 64 has as many after the default convolution. */
const MANY_FEATURES = 60_000

/** Where the environment or the size of a cycle makes something else of an option than it says. */
export function settingNotes(
  { network, rollout: { envs, steps, carry }, ppo: { minibatches }, shards }: PpoOptions,
  { observations }: EnvironmentSpec,
  stepLimit: () => number | null = () => null,
): readonly string[] {
  const notes = Object.entries(observations).flatMap(([name, spec]) =>
    imageNotes(name, spec, network),
  )
  if (envs % minibatches !== 0) {
    const few = Math.floor(envs / minibatches)
    notes.push(
      `ppo.minibatches ${minibatches} does not divide rollout.envs ${envs}: parts have ${few} or ${few + 1} environments`,
    )
  }
  if (shards > envs)
    notes.push(`shards ${shards} is more than rollout.envs ${envs}: a batch is cut into ${envs}`)
  const limit = carry === 'continue' ? null : stepLimit()
  if (limit !== null && steps < limit)
    notes.push(
      `rollout.steps ${steps} is less than the ${limit} steps that an episode may have: every cycle begins new episodes, and what comes after step ${steps} of one is never met; take rollout.steps ${limit}, or rollout.carry continue`,
    )
  return notes
}

function imageNotes(name: string, spec: TensorSpec, network: PpoOptions['network']): string[] {
  const { kernel, filters, channels = 'auto' } = network
  const axes = imageAxes(spec.shape, channels)
  if (axes === null)
    return spec.shape.length < 4
      ? []
      : [
          `the observation '${name}' of ${spec.shape.join(' × ')} is read as no image: it is flattened, without a convolution`,
        ]
  const { height, width } = axes
  const layers = layersOf(network)
  if (encodedImage(spec, network) === null)
    return [
      `the observation '${name}' of ${height} × ${width} is smaller than ${layers === undefined ? `network.kernel ${kernel}` : 'the layers of network.encoder or network.layers take'}: it is flattened, without a convolution`,
    ]
  const notes: string[] = []
  const lying = axesNote(name, spec.shape, channels)
  if (lying !== undefined) notes.push(lying)
  if (
    layers === undefined &&
    (height - kernel + 1) * (width - kernel + 1) * filters >= MANY_FEATURES
  )
    notes.push(
      `the observation '${name}' of ${height} × ${width} goes through one convolution of stride 1: network.encoder: nature or impala is made for such images`,
    )
  return notes
}
