import { stream } from 'agon/core'
import type { AutoReset, StepBuffers } from 'agon/envs'
import { environment, type MazeLevel } from 'agon/envs/maze'
import type { BenchRow } from './row.ts'

const SLOTS = 2048
const STEPS = 32
const ROUNDS = 3
const SECONDS = 2

/** One trajectory store of `[STEPS, SLOTS, …]`, and the views of it that each step writes. */
function trajectory(imageSize: number): StepBuffers[] {
  const image = new Uint8Array(STEPS * SLOTS * imageSize)
  const direction = new Int32Array(STEPS * SLOTS)
  const rewards = new Float32Array(STEPS * SLOTS)
  const terminated = new Uint8Array(STEPS * SLOTS)
  const truncated = new Uint8Array(STEPS * SLOTS)
  return Array.from({ length: STEPS }, (_, t) => {
    const rows = [t * SLOTS, (t + 1) * SLOTS] as const
    return {
      observations: {
        image: image.subarray(rows[0] * imageSize, rows[1] * imageSize),
        direction: direction.subarray(...rows),
      },
      rewards: rewards.subarray(...rows),
      terminated: terminated.subarray(...rows),
      truncated: truncated.subarray(...rows),
    }
  })
}

/** Makes {@link STEPS} steps of every slot: random actions drawn beforehand, every observation stored. */
function course(autoReset: AutoReset, options: object): () => void {
  const { levels, spec, vector } = environment.create(environment.options.parse(options))
  const drawn = stream(1, 'bench', 'levels')
  const first: MazeLevel[] = Array.from({ length: SLOTS }, () => levels.sample(drawn))
  const env = vector({ slots: SLOTS, autoReset, nextLevel: () => levels.sample(drawn) })
  const store = trajectory(spec.observations.image.shape.reduce((a, b) => a * b))
  const random = stream(1, 'bench', 'actions')
  const actions = store.map(() => Int32Array.from({ length: SLOTS }, () => random.integer(7)))
  env.reset(
    Array.from({ length: SLOTS }, (_, slot) => slot),
    first,
    store[0].observations,
  )
  return () => {
    for (let t = 0; t < STEPS; t++) env.step(actions[t], store[t])
  }
}

/** Steps per second on one core. */
function stepRate(run: () => void): number {
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    let steps = 0
    while (performance.now() - start < SECONDS * 1000) {
      run()
      steps += STEPS * SLOTS
    }
    best = Math.max(best, (steps / (performance.now() - start)) * 1000)
  }
  return best
}

/** Heap bytes per environment step once the code is warm: the median of several short windows. */
function allocation(run: () => void): number {
  for (let i = 0; i < 50; i++) run()
  const windows = Array.from({ length: 9 }, () => {
    const before = process.memoryUsage().heapUsed
    run()
    return (process.memoryUsage().heapUsed - before) / (STEPS * SLOTS)
  })
  return windows.sort((a, b) => a - b)[4]
}

/** Environment steps per second at 2048 slots, and what a step allocates. */
export function benchEnv(): BenchRow[] {
  const row = (
    name: string,
    bar: number,
    autoReset: AutoReset,
    options: object = {},
  ): BenchRow => ({
    name: `env ${name}`,
    unit: 'steps/s',
    value: stepRate(course(autoReset, options)),
    bar,
  })
  return [
    {
      name: 'env maze, heap allocated per step',
      unit: 'B/step',
      value: allocation(course('same-level', {})),
      limit: 1,
    },
    row('maze, same level', 4e6, 'same-level'),
    row('maze, fresh level at every reset', 1e6, 'next-level'),
    row('maze, fresh level, 20-step episodes', 1e6, 'next-level', { maxSteps: 20 }),
    row('maze, same level, jaxued', 4e6, 'same-level', { profile: 'jaxued' }),
    row('maze, same level, dcd', 4e6, 'same-level', { profile: 'dcd' }),
  ]
}
