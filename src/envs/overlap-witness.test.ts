import { describe, expect, it } from 'vitest'
import { stream } from '../core/random.ts'
import type { Prober, SteppableEnvironment, VectorEnv } from './contract.ts'
import { createMaze, type MazeLevel, mazeOptions } from './maze/index.ts'
import { overlapProbe } from './overlap-probe.ts'
import { allocateStepBuffers } from './step-buffers.ts'

const maze = createMaze(
  mazeOptions.parse({ height: 6, width: 6, nWalls: 8, view: 3, maxSteps: 12, edits: 4 }),
)

/** The environment with every step and reset of its vector environments counted. */
function counted(): { readonly environment: SteppableEnvironment<MazeLevel>; steps: number } {
  const count = { environment: maze, steps: 0 }
  const vector = (options: Parameters<typeof maze.vector>[0]): VectorEnv<MazeLevel> => {
    const env = maze.vector(options)
    return {
      slots: options.slots,
      reset: (...of) => env.reset(...of),
      step(actions, out) {
        count.steps += options.slots
        env.step(actions, out)
      },
      maxSteps: (lane) => env.maxSteps(lane),
      save: (lane) => env.save(lane),
      load: (...of) => env.load(...of),
    }
  }
  count.environment = { ...maze, vector }
  return count
}

/** The masks of four lanes over random edits and actions, step by step, of both ways at once. */
function play(seed: number, frozen: number, steps: number) {
  const draw = stream(seed, 'overlap')
  // Edits of one maze: they look alike for some steps.
  const parent = maze.levels.sample(draw)
  const child = (): MazeLevel => maze.levels.mutate(parent, draw).level
  const set = Array.from({ length: frozen }, child)
  const levels = [set[3], child(), child(), child()]
  const env = maze.vector({ slots: 4, autoReset: 'same-level' })
  const out = allocateStepBuffers(maze.spec, 4)
  env.reset([0, 1, 2, 3], levels, out.observations)
  const [few, all] = [counted(), counted()]
  const lazily = overlapProbe(few.environment, set, 'history')(4)
  const lockstep = overlapProbe(all.environment, set, 'history', true)(4)
  for (const prober of [lazily, lockstep]) prober.begin(out.observations)
  const masks = (prober: Prober): string => {
    const train = new Uint8Array(4)
    prober.mask(train)
    return String(train)
  }
  const seen: string[] = []
  for (let t = 0; t < steps; t++) {
    seen.push(masks(lazily))
    expect(masks(lockstep), `seed ${seed}, step ${t}`).toBe(seen[t])
    const actions = Int32Array.from(levels, () => draw.integer(3))
    env.step(actions, out)
    for (const prober of [lazily, lockstep]) prober.step(actions, out)
    for (let row = 0; row < 4; row++) expect(lazily.extras(row)).toEqual(lockstep.extras(row))
  }
  return { seen, steps: [few.steps, all.steps] }
}

describe('a witness', () => {
  it('finds the masks that all levels in lockstep give, in fewer steps', () => {
    const played = [1, 2, 3, 4, 5].map((seed) => play(seed, 40, 60))
    const different = new Set(played.flatMap(({ seen }) => seen))
    expect(different.size).toBeGreaterThan(5)
    for (const { steps } of played) expect(steps[0]).toBeLessThan(steps[1] / 10)
  })
})
