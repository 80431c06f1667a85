import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { generateLevel } from '../generate.ts'
import { findDefect, HIGH, LOW, type ParameterLevel, type WalkerLevel } from '../level.ts'
import { walkerLevelSpace } from '../level-space.ts'
import { walkerOptions } from '../options.ts'
import { drawAnyLevel } from '../testing/any-level.ts'
import { WALKER_OPERATORS } from './edit.ts'

const space = (given: object) => walkerLevelSpace(walkerOptions.parse(given))
const levels = space({})
const middle: ParameterLevel = {
  terrain: 'parameters',
  parameters: [5, 5, 5, 2, 2, 2, 2, 5],
  seed: 1,
}
const parametersOf = (level: WalkerLevel): readonly number[] =>
  level.terrain === 'parameters' ? level.parameters : []

describe('generators', () => {
  const drawn = (given: object, count = 2000): readonly (readonly number[])[] => {
    const { generator, variant } = walkerOptions.parse(given)
    const random = stream('generate', generator)
    return Array.from({ length: count }, () =>
      parametersOf(generateLevel({ generator, variant }, random)),
    )
  }

  it('draw every number evenly from its whole range', () => {
    const all = drawn({})
    for (let i = 0; i < 8; i++) {
      const mean = all.reduce((sum, parameters) => sum + parameters[i], 0) / all.length
      // Standard error of the mean: range / √(12·2000) = range / 155.
      expect(Math.abs(mean - (LOW[i] + HIGH[i]) / 2)).toBeLessThan(((HIGH[i] - LOW[i]) * 4) / 155)
    }
    expect(all.some(([, low, high]) => low > high)).toBe(true)
  })

  it('begin where ACCEL begins', () => {
    for (const [roughness, ...others] of drawn({ generator: 'easy' }, 200)) {
      expect(roughness).toBeLessThan(0.6)
      expect(others).toEqual([0, 0.8, 0, 0.4, 0, 0.4, 1])
    }
  })

  it('leave stairs out of the POET variant', () => {
    for (const parameters of drawn({ variant: 'poet' }, 50))
      expect(parameters.slice(5)).toEqual([0, 0, 1])
  })

  it('give the grounds of Gymnasium a seed alone', () => {
    const level = levels.sample(stream(1))
    const plain = space({ profile: 'gymnasium' }).sample(stream(1))
    expect(plain).toEqual({ terrain: 'plain', seed: level.seed })
    const hard = space({ profile: 'gymnasium', generator: 'hardcore' }).sample(stream(1))
    expect(hard).toEqual({ terrain: 'hardcore', seed: level.seed })
  })
})

describe('operators', () => {
  it('leave a well-formed level with a new seed, and the parent as it was', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...WALKER_OPERATORS), (seed, operator) => {
        const parent = drawAnyLevel(stream(seed))
        const before = levels.key(parent)
        const child = levels.mutate(parent, stream(seed, 'edit'), operator)
        expect(child.operator).toBe(operator)
        expect(findDefect(child.level)).toBeNull()
        expect(child.level.terrain).toBe(parent.terrain)
        expect(child.level.maxSteps).toBe(parent.maxSteps)
        expect(child.level.seed).not.toBe(parent.seed)
        expect(levels.key(parent)).toBe(before)
        expect(levels.mutate(parent, stream(seed, 'edit'), operator)).toEqual(child)
      }),
      { numRuns: 300 },
    )
  })

  const children = (given: object, operator?: string, count = 6000): number[][] => {
    const { mutate } = space(given)
    const random = stream('children', operator ?? 'edit')
    return Array.from({ length: count }, () =>
      parametersOf(mutate(middle, random, operator).level).map((v, i) => v - middle.parameters[i]),
    )
  }

  it('move one number in eight, down, not at all or up, by its amount', () => {
    const moved = children({ edits: 1 })
    for (let i = 0; i < 8; i++) {
      const [up, down] = [moved.filter((by) => by[i] > 0), moved.filter((by) => by[i] < 0)]
      // 6000 / 24 = 250 of each; standard error 15.
      for (const those of [up, down]) expect(Math.abs(those.length - 250)).toBeLessThan(70)
      const amount = [0.6, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 1][i]
      for (const by of [...up, ...down])
        if (i > 0) expect(Math.abs(by[i])).toBeCloseTo(amount, 12)
        else expect(Math.abs(by[0])).toBeLessThan(0.6)
    }
    const still = moved.filter((by) => by.every((value) => value === 0)).length / moved.length
    expect(Math.abs(still - 1 / 3)).toBeLessThan(0.03)
  })

  it('make three edits by themselves, each drawn anew', () => {
    const changed = children({}, undefined, 3000).map((by) => by.filter((v) => v !== 0).length)
    const mean = changed.reduce((sum, n) => sum + n, 0) / changed.length
    // Three walks of a step each: a number stands after k of them with 1, ⅓, 3/9, 7/27; the roughness only with (⅓)^k.
    const p = [343, 147, 21, 1].map((ways) => ways / 512)
    const stays = p[0] + p[1] / 3 + (p[2] * 3) / 9 + (p[3] * 7) / 27
    const roughStays = p[0] + p[1] / 3 + p[2] / 9 + p[3] / 27
    expect(Math.abs(mean - (7 * (1 - stays) + 1 - roughStays))).toBeLessThan(0.08)
  })

  it('stay within the range, and draw among their own numbers', () => {
    const low: WalkerLevel = { ...middle, parameters: [...LOW] }
    const random = stream('low')
    for (let i = 0; i < 200; i++) expect(findDefect(levels.mutate(low, random).level)).toBeNull()
    for (const [operator, own] of [
      ['edit-roughness', [0]],
      ['edit-pits', [1, 2]],
      ['edit-stumps', [3, 4]],
      ['edit-stairs', [5, 6, 7]],
      ['reseed', []],
    ] as const) {
      const touched = new Set(
        children({}, operator, 300).flatMap((by) => by.flatMap((v, i) => (v === 0 ? [] : [i]))),
      )
      expect([...touched].sort()).toEqual([...own])
    }
    const poet = children({ variant: 'poet' }, undefined, 500)
    expect(poet.every((by) => by.slice(5).every((value) => value === 0))).toBe(true)
  })

  it('name the nearest for an unknown one', () => {
    expect(() => levels.mutate(middle, stream(1), 'edit-pit')).toThrow(
      expect.objectContaining({
        code: 'level/operator',
        fields: expect.objectContaining({ nearest: 'edit-pits' }),
      }),
    )
  })
})

describe('crossover', () => {
  it('takes what goes together from one of the two', () => {
    const other: WalkerLevel = { ...middle, parameters: [1, 1, 2, 0, 1, 0, 1, 2], maxSteps: 5 }
    const random = stream('cross')
    const seen = new Set<string>()
    for (let i = 0; i < 200; i++) {
      const { level, operator } = levels.crossover!(middle, other, random)
      expect(operator).toBe('crossover')
      expect(level.maxSteps).toBeUndefined()
      seen.add(parametersOf(level).join())
    }
    expect(seen.size).toBe(16)
    expect(seen).toContain('1,5,5,0,1,2,2,5')
  })

  it('refuses levels without numbers', () => {
    expect(() => levels.crossover!(middle, { terrain: 'plain', seed: 1 }, stream(1))).toThrow(
      expect.objectContaining({ code: 'level/crossover' }),
    )
  })
})

describe('the genome', () => {
  it('has a level for every point, whose point it is', () => {
    const genome = levels.genome!
    expect(genome.bounds.names).toHaveLength(8)
    const level = genome.fromVector([-1, 2.5, 99, 0, 1, 0.25, 5, 4.5])
    expect(level).toEqual({
      terrain: 'parameters',
      parameters: [0, 2.5, 10, 0, 1, 0.25, 5, 5],
      seed: 0,
    })
    expect(genome.fromVector(genome.toVector(level))).toEqual(level)
    expect(findDefect(level)).toBeNull()
  })

  it('has five numbers in the POET variant, and the seed of the options', () => {
    const genome = space({ variant: 'poet', genomeSeed: 9 }).genome!
    const level = genome.fromVector([1, 2, 3, 4, 5])
    expect(level).toEqual({ terrain: 'parameters', parameters: [1, 2, 3, 4, 5, 0, 0, 1], seed: 9 })
    expect([...genome.toVector(level)]).toEqual([1, 2, 3, 4, 5])
    for (const none of [middle, { terrain: 'hardcore', seed: 1 } as const])
      expect(() => genome.toVector(none)).toThrow(expect.objectContaining({ code: 'level/genome' }))
  })
})
