import type { EnvironmentSpec } from '../../envs/contract.ts'
import type { PpoOptions } from './options.ts'

/** Where the environment or the size of a cycle makes something else of an option than it says. */
export function settingNotes(
  { network: { kernel }, rollout: { envs }, ppo: { minibatches }, shards }: PpoOptions,
  { observations }: EnvironmentSpec,
): readonly string[] {
  const notes: string[] = []
  for (const [name, { shape }] of Object.entries(observations))
    if (shape.length === 3 && Math.min(shape[0], shape[1]) < kernel)
      notes.push(
        `the observation '${name}' of ${shape[0]} × ${shape[1]} is smaller than network.kernel ${kernel}: it is flattened, without a convolution`,
      )
  if (envs % minibatches !== 0) {
    const few = Math.floor(envs / minibatches)
    notes.push(
      `ppo.minibatches ${minibatches} does not divide rollout.envs ${envs}: parts have ${few} or ${few + 1} environments`,
    )
  }
  if (shards > envs)
    notes.push(`shards ${shards} is more than rollout.envs ${envs}: a batch is cut into ${envs}`)
  return notes
}
