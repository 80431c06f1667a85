import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { assertWellFormed, findDefect, type WalkerLevel } from './level.ts'
import { walkerLevelSpace } from './level-space.ts'
import { walkerOptions } from './options.ts'
import { drawAnyLevel } from './testing/any-level.ts'
import { formatLevel, parseLevel, parseLevels } from './text.ts'

const EASY: WalkerLevel = {
  terrain: 'parameters',
  parameters: [0.25, 0, 0.8, 0, 0.4, 0, 0.4, 1],
  seed: 7,
}
const TEXT = `terrain: parameters
seed: 7
roughness: 0.25
pit: 0 0.8
stump: 0 0.4
stair: 0 0.4
steps: 1
`

describe('bytes', () => {
  it('are the level, and the only ones that are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(255), (seed, at, value) => {
        const level = drawAnyLevel(stream(seed))
        const bytes = encodeLevel(level)
        expect(decodeLevel(bytes)).toEqual(level)
        bytes[at % bytes.length] = value
        try {
          expect(encodeLevel(decodeLevel(bytes))).toEqual(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'level/corrupt' })
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    [Uint8Array.of(1, 0, 0)],
    [Uint8Array.of(2, 1, 0, 0, 0, 0, 0, 0)],
    [Uint8Array.of(1, 3, 0, 0, 0, 0, 0, 0)],
    [Uint8Array.of(1, 1, 2, 0, 0, 0, 0, 0)],
    [Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
    [encodeLevel({ ...EASY, parameters: [Number.NaN, 0, 0, 0, 0, 0, 0, 1] })],
    [encodeLevel({ ...EASY, parameters: [-0, 0, 0, 0, 0, 0, 0, 1] })],
    [encodeLevel(EASY).subarray(0, 60)],
  ])('refuse %s', (bytes) => {
    expect(() => decodeLevel(bytes)).toThrow(expect.objectContaining({ code: 'level/corrupt' }))
  })
})

describe('the text form', () => {
  it('is read as it is written', () => {
    expect(formatLevel(EASY)).toBe(TEXT)
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const level = drawAnyLevel(stream(seed))
        expect(parseLevel(formatLevel(level))).toEqual(level)
      }),
    )
  })

  it('takes what people write', () => {
    const [rough, plain] = parseLevels(`// two grounds
name: Rough
seed: 3
maxSteps: 50
roughness:  1e0
pit: 2, .5
// nothing to climb
stump: 0 0
stair: 0 0
steps: 1

terrain: plain
seed: 12
`)
    expect(rough).toEqual({
      name: 'Rough',
      level: {
        terrain: 'parameters',
        parameters: [1, 2, 0.5, 0, 0, 0, 0, 1],
        seed: 3,
        maxSteps: 50,
      },
    })
    expect(plain).toEqual({ name: 'level-2', level: { terrain: 'plain', seed: 12 } })
  })

  const without = (key: string): string => TEXT.replace(new RegExp(`^${key}:.*\n`, 'm'), '')
  it.each([
    ['', 'line 1', /no level/],
    [`${TEXT}\n${TEXT}`, 'line 1', /2 levels/],
    ['walk', 'line 1', /no 'key: value'/],
    [`${TEXT}stairs: 1 2`, 'line 8, stairs', /unknown key/],
    [`${TEXT}seed: 8`, 'line 8, seed', /twice/],
    [without('seed'), 'line 1, seed', /no seed/],
    [without('stump'), 'line 1, stump', /no stump/],
    [TEXT.replace('0 0.8', '0'), 'line 4, pit', /1 numbers/],
    [TEXT.replace('0 0.8', '0 x'), 'line 4, pit', /'x' is not a number/],
    [TEXT.replace('0 0.8', '0 11'), 'line 4, pit', /pitHigh goes from 0 to 10, not 11/],
    [TEXT.replace('seed: 7', 'seed: -1'), 'line 2, seed', /seed -1/],
    [`${TEXT}maxSteps: 0`, 'line 8, maxSteps', /maxSteps 0/],
    ['terrain: plane\nseed: 1', 'line 1, terrain', /no terrain 'plane'/],
    ['terrain: plain\nseed: 1\nsteps: 2', 'line 3, steps', /has no steps/],
    [`name:\n${TEXT}`, 'line 1, name', /empty/],
    [`name: a\n${TEXT}\nname: a\n${TEXT}`, 'line 10, name', /two levels/],
  ])('names what is wrong in %j', (text, place, message) => {
    try {
      parseLevel(text)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'level/invalid', place })
      expect((error as AgonError).message).toMatch(message)
    }
  })
})

describe('the level space', () => {
  const { validate, key, features, draw } = walkerLevelSpace(walkerOptions.parse({}))

  it.each([
    [{ ...EASY, seed: 0.5 }, 'seed'],
    [{ ...EASY, seed: 2 ** 32 }, 'seed'],
    [{ ...EASY, maxSteps: 0 }, 'maxSteps'],
    [{ ...EASY, parameters: [1] }, 'parameters'],
    [{ ...EASY, parameters: [0, 0, 0, 0, 0, 0, 0, 0] }, 'stairSteps'],
    [{ ...EASY, parameters: [0, 0, 0, 5.1, 0, 0, 0, 1] }, 'stumpLow'],
    [{ ...EASY, parameters: [Number.NaN, 0, 0, 0, 0, 0, 0, 1] }, 'roughness'],
    [{ ...EASY, parameters: [-0, 0, 0, 0, 0, 0, 0, 1] }, 'roughness'],
    [{ terrain: 'ice', seed: 0 } as unknown as WalkerLevel, 'terrain'],
  ])('says why %j cannot be attempted', (level, place) => {
    expect(findDefect(level)?.place).toBe(place)
    expect(validate(level)).toContain(`(${place})`)
    expect(() => assertWellFormed(level)).toThrow(AgonError)
  })

  it('tells levels apart by every field', () => {
    expect(validate(EASY)).toBeNull()
    const others = [
      { ...EASY, seed: 8 },
      { ...EASY, maxSteps: 9 },
      { terrain: 'plain', seed: 7 },
    ]
    expect(new Set([EASY, ...(others as WalkerLevel[])].map(key)).size).toBe(4)
  })

  it('describes a level by its numbers in order and by what the seed came to', () => {
    const swapped: WalkerLevel = { ...EASY, parameters: [0.25, 1.5, 0.5, 0, 0, 0, 0, 3.6] }
    const { n_pits, n_stumps, n_stairs, ...numbers } = features(swapped)
    expect(numbers).toEqual({
      roughness: 0.25,
      pit_low: 0.5,
      pit_high: 1.5,
      stump_low: 0,
      stump_high: 0,
      stair_low: 0,
      stair_high: 0,
      stair_steps: 4,
    })
    expect(n_pits).toBeGreaterThan(3)
    expect([n_stumps, n_stairs]).toEqual([0, 0])
    expect(Object.keys(features({ terrain: 'plain', seed: 1 }))).toHaveLength(3)
  })

  it('draws a ground with its boxes', () => {
    const picture = draw!(EASY)
    expect(picture).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="[-\d. ]+" .*<\/svg>$/,
    )
    expect(picture).not.toContain('NaN')
    expect(picture.match(/<polygon/g)).toHaveLength(1)
    expect(picture).toMatch(/<path d="M[^"]+z" fill="#3b4252"/)
  })
})
