import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import type { TypedArray } from '../../../core/tensor.ts'
import { buildingStarts } from '../../building/starts.ts'
import { allocateObservations, allocateStepBuffers } from '../../step-buffers.ts'
import { createMaze } from '../environment.ts'
import { findDefect } from '../level.ts'
import { type MazeOptions, mazeOptions } from '../options.ts'
import { createBuilding } from './environment.ts'

const options = (given: object = {}): MazeOptions =>
  mazeOptions.parse({ height: 3, width: 3, nWalls: 2, ...given })
const start = (seed: number): Uint8Array => buildingStarts.encode({ seed })
const built = (of: MazeOptions, seed: number, actions: readonly number[]) =>
  createMaze(of).building!.build(start(seed), actions)
const PROFILES = ['minimax', 'jaxued', 'dcd'] as const

/** What a builder sees before each action, and after the last one. */
function played(of: MazeOptions, seed: number, actions: readonly number[]) {
  const game = createBuilding(of)
  const env = game.vector({ slots: 1, autoReset: 'none' })
  const out = allocateStepBuffers(game.spec, 1)
  const seen: Record<string, readonly number[]>[] = []
  const note = (from: Readonly<Record<string, TypedArray>>) =>
    seen.push(
      Object.fromEntries(
        Object.entries(from).map(([name, data]) => [name, Array.from(data, Number)]),
      ),
    )
  env.reset([0], [{ seed }], out.observations)
  note(out.observations)
  const ends = actions.map((action) => {
    env.step(Int32Array.of(action), out)
    note(out.observations)
    return out.terminated[0]
  })
  return { seen, ends }
}

describe('games by hand', () => {
  it('minimax: walls, goal, agent, on a board with a ring', () => {
    const level = built(options(), 1, [0, 4, 8, 4])
    expect(level).toMatchObject({ height: 3, width: 3, goal: 8, agent: 4 })
    expect([...level.walls]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0])
    const { seen, ends } = played(options(), 1, [0, 4, 8, 4])
    expect(ends).toEqual([0, 0, 0, 1])
    expect(seen.map(({ time }) => time)).toEqual([[0], [1], [2], [3], [4]])
    // [5, 5, 3]: the middle cell is a wall, then the agent, who shows the direction.
    const middle = seen.map(({ image }) => image.slice(36, 39))
    const [wall, free] = [
      [2, 5, 0],
      [1, 0, 0],
    ]
    expect(middle).toEqual([free, free, wall, wall, [10, 0, level.direction]])
    expect(seen.map(({ image }) => image.slice(54, 57))).toEqual([
      free,
      free,
      free,
      [8, 1, 0],
      [8, 1, 0],
    ])
    expect(seen[0].image.slice(0, 3)).toEqual(wall)
  })

  it('JaxUED: goal, direction, agent, then toggles, on a board without one', () => {
    const of = options({ profile: 'jaxued', building: { steps: 6 } })
    const level = built(of, 1, [8, 6, 0, 4, 5, 4])
    expect(level).toMatchObject({ goal: 8, direction: 2, agent: 0 })
    expect([...level.walls]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0])
    const { seen } = played(of, 1, [8, 6, 0, 4, 5, 4])
    expect(seen[0].image).toHaveLength(27)
    // The goal shows from the first action on, the agent from the third; the noise is seen.
    expect(seen.map(({ image }) => image[24])).toEqual([1, 8, 8, 8, 8, 8, 8])
    expect(seen.map(({ image }) => image[0])).toEqual([1, 1, 1, 10, 10, 10, 10])
    expect(seen[0].random_z).toHaveLength(16)
    expect(Math.max(...seen[0].random_z)).toBeGreaterThan(0)
  })

  it('dcd: walls are wasted on used cells, goal and agent remove them; channels first, columns before rows', () => {
    const of = options({ profile: 'dcd' })
    const level = built(of, 1, [1, 1, 1, 5])
    expect(level).toMatchObject({ goal: 1, agent: 5 })
    expect([...level.walls]).toEqual(new Array(9).fill(0))
    const { seen } = played(of, 1, [1, 1, 1, 5])
    // The object of column 2, row 1 of the ringed board, which is cell 1.
    expect(seen.map(({ image }) => image[2 * 5 + 1])).toEqual([1, 2, 2, 8, 8])
    expect(createBuilding(of).spec.observations.image.shape).toEqual([3, 5, 5])
  })

  it('are as long as the published ones at the published size', () => {
    const length = (profile: string): number =>
      createMaze(mazeOptions.parse({ profile })).building!.steps
    expect(PROFILES.map(length)).toEqual([62, 50, 27])
  })
})

describe('any play', () => {
  const rules = fc.record({
    profile: fc.constantFrom(...PROFILES),
    height: fc.integer({ min: 1, max: 4 }),
    width: fc.integer({ min: 2, max: 4 }),
    generator: fc.constant('perfect-maze'),
    nWalls: fc.integer({ min: 0, max: 20 }),
    variableBlocks: fc.boolean(),
    building: fc.record({
      budget: fc.constantFrom('fixed', 'first-action', 'first-wall'),
      replaceWalls: fc.boolean(),
      chooseDirection: fc.boolean(),
      steps: fc.integer({ min: 3, max: 9 }),
      noise: fc.integer({ min: 0, max: 3 }),
    }),
  })

  it('gives a valid level, the same one for the same actions, and as the board showed it', () => {
    fc.assert(
      fc.property(rules, fc.nat(1000), (given, seed) => {
        const of = { ...options(), ...given } as MazeOptions
        const { steps, build } = createMaze(of).building!
        const random = stream(seed, 'play')
        const actions = Array.from({ length: steps }, () => random.integer(of.height * of.width))
        const level = build(start(seed), actions)
        expect(findDefect(level)).toBeNull()
        expect(build(start(seed), actions)).toEqual(level)
        const { seen, ends } = played(of, seed, actions)
        expect(ends.map(Boolean)).toEqual(actions.map((_, i) => i === steps - 1))
        const objects = seen[steps].image.filter((_, i) => of.profile === 'dcd' || i % 3 === 0)
        expect(objects.filter((code) => code === 8)).toHaveLength(1)
        expect(objects.filter((code) => code === 10)).toHaveLength(1)
      }),
      { numRuns: 200 },
    )
  })

  it('goes on from a saved state as if it had never stopped', () => {
    for (const profile of PROFILES) {
      const game = createBuilding(options({ profile, building: { steps: 6 } }))
      const env = game.vector({ slots: 2, autoReset: 'same-level' })
      const [out, other] = [allocateStepBuffers(game.spec, 2), allocateStepBuffers(game.spec, 2)]
      env.reset([0, 1], [{ seed: 3 }, { seed: 4 }], out.observations)
      env.step(Int32Array.of(5, 1), out)
      const again = game.vector({ slots: 2, autoReset: 'same-level' })
      again.reset([0, 1], [{ seed: 9 }, { seed: 9 }], allocateObservations(game.spec, 2))
      for (const lane of [0, 1]) again.load(lane, env.save(lane), other.observations)
      expect(other.observations).toEqual(out.observations)
      for (let t = 0; t < 8; t++) {
        env.step(Int32Array.of(t, 8 - t), out)
        again.step(Int32Array.of(t, 8 - t), other)
        expect(other).toEqual(out)
      }
      expect(() => again.load(0, new Uint8Array(3), other.observations)).toThrow(/not a saved/)
      expect(() => env.step(Int32Array.of(9, 0), out)).toThrow(/there are 0 to 8/)
    }
  })
})
