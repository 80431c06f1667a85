import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import { stream } from '../../../core/random.ts'
import { drawAnyLevel } from '../testing/any-level.ts'
import { formatLevel } from '../text/format-level.ts'
import { parseLevel } from '../text/parse-levels.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { findDefect } from './defect.ts'

const anyLevel = fc.nat().map((seed) => drawAnyLevel(stream(seed, 'any-level')))

const corrupt = (message: RegExp) =>
  expect.objectContaining({ code: 'level/corrupt', message: expect.stringMatching(message) })

describe('a level', () => {
  it('survives bytes and text', () => {
    fc.assert(
      fc.property(anyLevel, (level) => {
        expect(findDefect(level)).toBeNull()
        const bytes = encodeLevel(level)
        expect(decodeLevel(bytes)).toEqual(level)
        expect(encodeLevel(decodeLevel(bytes))).toEqual(bytes)
        expect(parseLevel(formatLevel(level))).toEqual(level)
      }),
      { numRuns: 300 },
    )
  })

  it('has one encoding: damaged bytes are refused or decode to a level with exactly those bytes', () => {
    let refused = 0
    fc.assert(
      fc.property(anyLevel, fc.nat(), fc.integer({ min: 1, max: 255 }), (level, at, flip) => {
        const bytes = encodeLevel(level)
        bytes[at % bytes.length] ^= flip
        try {
          expect(encodeLevel(decodeLevel(bytes))).toEqual(bytes)
        } catch (error) {
          if (!(error instanceof AgonError)) throw error
          expect(error.code).toBe('level/corrupt')
          refused++
        }
      }),
      { numRuns: 2000 },
    )
    expect(refused).toBeGreaterThan(100)
  })

  it('is refused when cut short or followed by anything', () => {
    const bytes = encodeLevel(drawAnyLevel(stream('cut')))
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeLevel(bytes.subarray(0, length))).toThrow(corrupt(/bytes/))
    expect(() => decodeLevel(new Uint8Array([...bytes, 0]))).toThrow(corrupt(/bytes/))
  })

  it.each([
    [0, 2, /version 2/],
    [1, 128, /header/],
    [2, 3, /header/],
    [3, 3, /header/],
    [4, 12, /12 players in the left team/],
    [5, 0, /0 players in the right team/],
    [7, 1, /header/],
    [40, 10, /player 0: role 10/],
    [41, 4, /player 0: unknown/],
    [43, 1, /player 0: unknown/],
  ])('says what is wrong with byte %i = %i', (at, value, message) => {
    const bytes = encodeLevel(drawAnyLevel(stream('bytes')))
    bytes[at] = value
    expect(() => decodeLevel(bytes)).toThrow(corrupt(message))
  })

  it('has one zero, and no numbers that are none', () => {
    const level = drawAnyLevel(stream('zero'))
    const signed = { ...level, ball: [-0, 0] as const }
    expect(encodeLevel(signed)).toEqual(encodeLevel({ ...level, ball: [0, 0] }))
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -0]) {
      const bytes = encodeLevel(level)
      new DataView(bytes.buffer).setFloat32(24, value, true)
      expect(() => decodeLevel(bytes)).toThrow(corrupt(/no number/))
    }
  })
})
