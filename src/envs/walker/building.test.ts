import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildingStarts } from '../building/starts.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createBuilding } from './building.ts'
import { createWalker } from './environment.ts'
import { findDefect, type ParameterLevel } from './level.ts'
import { walkerOptions } from './options.ts'

const start = (seed: number): Uint8Array => buildingStarts.encode({ seed })
const built = (given: object, seed: number, actions: ArrayLike<number>): ParameterLevel =>
  createWalker(walkerOptions.parse(given)).building!.build(start(seed), actions) as ParameterLevel

describe('the level-building game of the walker', () => {
  it('spreads what is said over the whole range of each number, in their order', () => {
    const low = built({}, 1, [-1, -1, -1, -1, -1, -1, -1, -1])
    expect(low.parameters).toEqual([0, 0, 0, 0, 0, 0, 0, 1])
    expect(built({}, 1, [1, 1, 1, 1, 1, 1, 1, 1]).parameters).toEqual([10, 10, 10, 5, 5, 5, 5, 9])
    const mixed = built({}, 1, [0, 0.5, -0.5, 0, 1, -1, 0.5, -0.5])
    expect(mixed.parameters).toEqual([5, 7.5, 2.5, 2.5, 5, 0, 3.75, 3])
    expect(built({ variant: 'poet' }, 1, [1, 1, 1, 1, 1]).parameters).toEqual([
      ...[10, 10, 10, 5, 5],
      ...[0, 0, 1],
    ])
    // The ground is drawn: equal in equal games, another in another.
    expect(mixed.seed).toBe(low.seed)
    expect(built({}, 2, new Array(8).fill(0)).seed).not.toBe(low.seed)
  })

  it('gives a level that can be attempted, whatever is said', () => {
    const said = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    })
    fc.assert(
      fc.property(said, fc.nat(), (actions, seed) => {
        const level = built({}, seed, actions)
        expect(findDefect(level)).toBeNull()
        expect(built({}, seed, actions)).toEqual(level)
      }),
    )
    for (const wrong of [1.01, Number.NaN])
      expect(() => built({}, 1, [0, 0, 0, 0, 0, 0, 0, wrong])).toThrow(/from -1 to 1/)
    expect(() => built({}, 1, [0])).toThrow(/1 of 8 steps/)
    expect(createWalker(walkerOptions.parse({ profile: 'gymnasium' })).building).toBeUndefined()
  })

  it('shows what was said so far, the step and noise; goes on from a saved state', () => {
    const game = createBuilding(walkerOptions.parse({ variant: 'poet' }))
    const env = game.vector({ slots: 2, autoReset: 'none' })
    const [out, other] = [allocateStepBuffers(game.spec, 2), allocateStepBuffers(game.spec, 2)]
    env.reset([0, 1], [{ seed: 3 }, { seed: 4 }], out.observations)
    expect([...out.observations.parameters]).toEqual(new Array(10).fill(0))
    const first = [...out.observations.random_z]
    expect(first).toHaveLength(20)
    env.step(Float32Array.of(0.5, -0.25), out)
    expect([...out.observations.parameters]).toEqual([0.5, 0, 0, 0, 0, -0.25, 0, 0, 0, 0])
    expect([...out.observations.time]).toEqual([1, 1])
    expect([...out.observations.random_z]).not.toEqual(first)
    const again = game.vector({ slots: 2, autoReset: 'none' })
    for (const lane of [1, 0]) again.load(lane, env.save(lane), other.observations)
    expect(other.observations).toEqual(out.observations)
    for (let step = 1; step < 5; step++)
      for (const [of, into] of [[env, out] as const, [again, other] as const])
        of.step(Float32Array.of(-1, 1), into)
    expect(other).toEqual(out)
    expect([...out.terminated]).toEqual([1, 1])
    expect(() => env.load(0, env.save(1).subarray(1), out.observations)).toThrow(/not a saved/)
  })
})
