import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { drawLevel } from './draw.ts'
import { drawAnyLevel } from './fixtures/any-level.ts'
import { findDefect } from './level.ts'
import { formatLevel, parseLevel, parseLevels } from './text.ts'

const anyLevel = fc.nat().map((seed) => drawAnyLevel(stream(seed, 'any-level')))

function thrown(action: () => unknown): AgonError {
  try {
    action()
  } catch (error) {
    if (error instanceof AgonError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a level', () => {
  it('survives bytes and text', () => {
    fc.assert(
      fc.property(anyLevel, (level) => {
        expect(findDefect(level)).toBeNull()
        const bytes = encodeLevel(level)
        expect(decodeLevel(bytes)).toEqual(level)
        expect(encodeLevel(decodeLevel(bytes))).toEqual(bytes)
        expect(parseLevel(formatLevel(level))).toEqual(level)
        expect(drawLevel(level)).toMatch(/^<svg .*<\/svg>$/)
      }),
      { numRuns: 100 },
    )
  })

  it('has one encoding: damaged bytes are refused or decode to a level with exactly those bytes', () => {
    fc.assert(
      fc.property(anyLevel, fc.nat(), fc.integer({ min: 1, max: 255 }), (level, at, flip) => {
        const bytes = encodeLevel(level)
        bytes[at % bytes.length] ^= flip
        try {
          expect(encodeLevel(decodeLevel(bytes))).toEqual(bytes)
        } catch (error) {
          expect((error as AgonError).code).toBe('level/corrupt')
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is refused when cut short', () => {
    const bytes = encodeLevel(parseLevel('>.\n.G'))
    for (let length = 0; length < bytes.length; length++)
      expect(thrown(() => decodeLevel(bytes.subarray(0, length))).code).toBe('level/corrupt')
  })

  it('is checked for what cannot be attempted, by row and column', () => {
    const level = parseLevel('>..\n.#.\n..G')
    expect(findDefect({ ...level, goal: 4 })).toEqual({
      message: 'the goal is on a wall',
      place: 'row 2, column 2',
    })
    expect(findDefect({ ...level, goal: 0 })?.place).toBe('row 1, column 1')
    expect(findDefect({ ...level, agent: 9 })?.place).toBe('agent')
    expect(findDefect({ ...level, width: 4 })?.place).toBe('size')
    expect(findDefect({ ...level, maxSteps: 0 })?.place).toBe('maxSteps')
    expect(findDefect({ ...level, memory: { distractor: 1, cue: 4 } })?.place).toBe(
      'row 2, column 2',
    )
  })
})

describe('the text form', () => {
  it.each([
    ['>..\n.?G', 'row 2, column 2', /unknown cell/],
    ['>..\n..', 'row 2, column 3', /2 cells/],
    ['>..\n...G', 'row 2, column 4', /4 cells/],
    ['>..\n.vG', 'row 2, column 2', /second agent/],
    ['>.G\n..G', 'row 2, column 3', /second 'G'/],
    ['>..\n...', 'map', /no goal/],
    ['...\n..G', 'map', /no agent/],
    ['size: 3x3\n>..\n..G', 'row 3, column 1', /2 rows/],
    ['size: 2x4\n>..\n..G', 'row 1, column 4', /3 cells/],
    ['name: A\n>..\n.#g', 'A: map', /no goal/],
    ['maxSteps: soon\n>G', 'maxSteps', /not a positive integer/],
    ['maxstep: 3\n>G', 'maxstep', /unknown key/],
    ['\uFEFFmaxstep: 3\n>G', 'maxstep', /unknown key/],
    ['>Gc', 'map', /both/],
    ['', 'text', /no level/],
    ['>G\n\n>G', 'text', /2 levels/],
  ])('names what is wrong in %j', (text, place, message) => {
    const error = thrown(() => parseLevel(text))
    expect(error.code).toBe('level/invalid')
    expect(error.place).toBe(place)
    expect(error.message).toMatch(message)
  })

  it('reads a file of named levels with comments and Windows line ends', () => {
    const file = '// two\r\nname: One\r\nmaxSteps: 9\r\n>.G\r\n\r\n\r\n^G\r\n..\r\n'
    const [one, two] = parseLevels(file)
    expect(one).toMatchObject({ name: 'One', level: { width: 3, maxSteps: 9, direction: 0 } })
    expect(two).toMatchObject({ name: 'level-2', level: { height: 2, direction: 3, goal: 1 } })
    expect(parseLevels(`${formatLevel(one.level, 'a')}\n${formatLevel(two.level, 'b')}`)).toEqual([
      { name: 'a', level: one.level },
      { name: 'b', level: two.level },
    ])
    expect(thrown(() => parseLevels('name: A\n>G\n\nname: A\n>G')).message).toMatch(/two levels/)
  })

  it('never fails with anything but a named error', () => {
    const anyText = fc
      .array(fc.constantFrom(...'#.G>v<^gc\n\n?: ', 'name: x\n', 'size: 2x2\n'), { maxLength: 30 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          for (const { level } of parseLevels(text)) expect(findDefect(level)).toBeNull()
        } catch (error) {
          expect((error as AgonError).code).toBe('level/invalid')
        }
      }),
      { numRuns: 500 },
    )
  })
})
