import { stream } from 'agon/core'
import { allocateStepBuffers, type Environment, steppable } from 'agon/envs'
import { createRemote, remoteOptions } from 'agon/envs/remote'

/** One step of every slot, its level begun again where it ends. */
export function courseOf(address: string, slots: number): () => void {
  const world = createRemote(remoteOptions.parse({ address })) as Environment<unknown>
  const env = steppable(world, 'a benchmark').vector({ slots, autoReset: 'same-level' })
  const out = allocateStepBuffers(world.spec, slots)
  const all = Array.from({ length: slots }, (_, slot) => slot)
  const random = stream('bench', 'hosted')
  const first = all.map(() => world.levels.sample(random))
  env.reset(all, first, out.observations)
  const { actions: spec } = world.spec
  const choices = spec.kind === 'discrete' ? spec.count : 1
  const actions = Array.from({ length: 16 }, () =>
    Int32Array.from(all, () => random.integer(choices)),
  )
  let t = 0
  return () => env.step(actions[t++ & 15], out)
}
