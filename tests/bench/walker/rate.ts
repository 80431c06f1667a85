import { stream } from 'agon/core'
import { type AutoReset, allocateStepBuffers } from 'agon/envs'
import { createWalker, walkerOptions } from 'agon/envs/walker'

const LANES = 16
const BATCHES = 64
/** Steps that one drawn action holds: shorter ones cancel each other and the walker stands. */
const HELD = 8
const WARM_SECONDS = 1
const SECONDS = 2
const ROUNDS = 3

export interface WalkerCourse {
  readonly options: object
  readonly autoReset: AutoReset
}

/** Steps per second of random walks, resets and observations among them: the best of some rounds after a warm-up. */
export function walkerRate({ options, autoReset }: WalkerCourse, seed: number): number {
  const world = createWalker(walkerOptions.parse(options))
  const drawn = stream(seed, 'bench', 'levels')
  const env = world.vector({
    slots: LANES,
    autoReset,
    nextLevel: () => world.levels.sample(drawn),
  })
  const random = stream(seed, 'bench', 'actions')
  const actions = Array.from({ length: BATCHES }, () =>
    Float32Array.from({ length: 4 * LANES }, () => 2 * random.uniform() - 1),
  )
  const out = allocateStepBuffers(world.spec, LANES)
  env.reset(
    Array.from({ length: LANES }, (_, lane) => lane),
    Array.from({ length: LANES }, () => world.levels.sample(drawn)),
    out.observations,
  )
  let t = 0
  const rateOver = (seconds: number): number => {
    const start = performance.now()
    let steps = 0
    for (; performance.now() - start < 1000 * seconds; steps += HELD * LANES) {
      const held = actions[t++ % BATCHES]
      for (let i = 0; i < HELD; i++) env.step(held, out)
    }
    return (1000 * steps) / (performance.now() - start)
  }
  rateOver(WARM_SECONDS)
  return Math.max(...Array.from({ length: ROUNDS }, () => rateOver(SECONDS)))
}
