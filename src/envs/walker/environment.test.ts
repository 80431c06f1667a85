import { describe, expect, it } from 'vitest'
import { stream } from '../../core/random.ts'
import { allocateStepBuffers } from '../step-buffers.ts'
import { createWalker, environment } from './environment.ts'
import { findDefect, type WalkerLevel } from './level.ts'
import { walkerOptionFields, walkerOptions } from './options.ts'

const walker = (given: object) => createWalker(walkerOptions.parse(given))

describe('options', () => {
  it('are explicit after resolution and parse to themselves', () => {
    expect(walkerOptions.parse({})).toEqual({
      profile: 'dcd',
      variant: 'full',
      generator: 'full',
      maxSteps: 2000,
      edits: 3,
      genomeSeed: 0,
      solvedAbove: 300,
    })
    for (const given of [{}, { profile: 'gymnasium' }, { variant: 'poet', generator: 'easy' }]) {
      const resolved = walkerOptions.parse(given)
      expect(walkerOptions.parse(resolved)).toEqual(resolved)
      expect(Object.values(resolved)).not.toContain(undefined)
    }
  })

  it('follow the profile where it decides', () => {
    const gymnasium = { profile: 'gymnasium' }
    expect(walkerOptions.parse(gymnasium)).toMatchObject({ generator: 'plain', maxSteps: 1600 })
    expect(walkerOptions.parse({ ...gymnasium, generator: 'hardcore' }).maxSteps).toBe(2000)
    expect(walkerOptions.parse({ ...gymnasium, maxSteps: 70 }).maxSteps).toBe(70)
  })

  it.each([
    [{ profile: 'gym' }, 'profile'],
    [{ profile: 'gymnasium', generator: 'easy' }, 'generator'],
    [{ generator: 'hard' }, 'generator'],
    [{ maxSteps: 0 }, 'maxSteps'],
    [{ edits: -1 }, 'edits'],
    [{ genomeSeed: 2 ** 32 }, 'genomeSeed'],
  ])('refuse %j by the key %s', (given, key) => {
    const { error } = walkerOptions.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toContain(key)
  })

  it('describe each in a sentence', () => {
    for (const [key, field] of Object.entries(walkerOptionFields.shape))
      expect(field.description, key).toMatch(/\S.*\.$/)
  })
})

describe('the environment', () => {
  it('says what it is', () => {
    expect(environment.id).toBe('walker')
    const { spec, solvedAbove, givesFinals } = walker({})
    expect(spec).toEqual({
      id: 'walker',
      profile: 'dcd',
      observations: { state: { dtype: 'float32', shape: [24] } },
      actions: {
        kind: 'box',
        shape: [4],
        low: [-1, -1, -1, -1],
        high: [1, 1, 1, 1],
        names: ['hip0', 'knee0', 'hip1', 'knee1'],
      },
      agents: 1,
      seats: { agent: [0] },
    })
    expect([solvedAbove, givesFinals]).toEqual([300, true])
  })

  it('has the published test grounds as suites, each episode on its own', () => {
    const env = walker({})
    const count = (id: string): number => env.suite(id).entries.length
    expect(env.suites.map((id) => [id, count(id)])).toEqual([
      ['walker/test', 6],
      ['walker/harder', 4],
      ['walker/poet', 6],
      ['walker/all', 16],
    ])
    const all = env.suite('walker/all').entries
    expect(new Set(all.map(({ name }) => name)).size).toBe(16)
    const drawn = Object.fromEntries(
      all.map(({ name, level }) => [name, level(stream('suite', name), 0)]),
    )
    for (const [name, level] of Object.entries(drawn)) expect(findDefect(level), name).toBeNull()
    expect(drawn['BipedalWalker-v3']).toMatchObject({ terrain: 'plain', maxSteps: 1600 })
    expect(drawn['BipedalWalkerHardcore-v3']).toMatchObject({ terrain: 'hardcore', maxSteps: 2000 })
    expect(drawn.Stairs).toMatchObject({ parameters: [0, 0, 0, 0, 0, 2, 2, 5], maxSteps: 2000 })
    expect(drawn.HardPitGap).toMatchObject({ parameters: [0, 10, 10, 0, 0, 0, 0, 1] })
    expect(drawn.PoetRose3b).toMatchObject({ parameters: [4.8, 4.8, 4.48, 2.4, 2.76, 0, 0, 1] })
    const [first] = all
    expect(first.level(stream(1), 0).seed).not.toBe(first.level(stream(2), 0).seed)
    expect(() => env.suite('walker/poets')).toThrow(
      expect.objectContaining({ code: 'suite/unknown' }),
    )
  })

  it('draws an episode as it goes on', () => {
    const env = walker({})
    const level: WalkerLevel = { terrain: 'hardcore', seed: 4 }
    const vector = env.vector({ slots: 1, autoReset: 'none' })
    const out = allocateStepBuffers(env.spec, 1)
    vector.reset([0], [level], out.observations)
    const before = env.drawState!(vector.save(0))
    for (let t = 0; t < 20; t++) vector.step(Float32Array.of(1, 0.5, -1, 0.5), out)
    const after = env.drawState!(vector.save(0))
    // The ground, and five parts.
    for (const picture of [before, after]) {
      expect(picture.match(/<polygon/g)).toHaveLength(6)
      expect(picture).not.toContain('NaN')
    }
    expect(after).not.toBe(before)
  })
})
