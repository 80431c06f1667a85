import { stream } from 'agon/core'
import { type AutoReset, allocateStepBuffers, type SteppableEnvironment } from 'agon/envs'

const LANES = 16
const BATCHES = 64
/** Steps that one drawn action holds: shorter ones cancel each other and the body stands. */
const HELD = 8
const WARM_SECONDS = 1
const SECONDS = 2
const ROUNDS = 3

/**
 * Steps per second of an environment with box actions under random ones, resets and observations among them: the best of some
 * rounds after a warm-up.
 * @param draw a number of an action from 0 … 1, by its place in the action
 */
export function boxRate<L>(
  world: SteppableEnvironment<L>,
  autoReset: AutoReset,
  seed: number,
  draw: (uniform: number, place: number) => number,
): number {
  const drawn = stream(seed, 'bench', 'levels')
  const env = world.vector({
    slots: LANES,
    autoReset,
    nextLevel: () => world.levels.sample(drawn),
  })
  const random = stream(seed, 'bench', 'actions')
  const { actions: spec } = world.spec
  const numbers = spec.kind === 'box' ? spec.shape.reduce((a, b) => a * b) : 1
  const actions = Array.from({ length: BATCHES }, () =>
    Float32Array.from({ length: numbers * LANES }, (_, i) => draw(random.uniform(), i % numbers)),
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
