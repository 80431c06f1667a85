import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AgonError } from '../../../core/errors.ts'
import { stream } from '../../../core/random.ts'
import { drawAnyLevel } from '../testing/any-level.ts'
import { float32Text } from './float32-text.ts'
import { formatLevel } from './format-level.ts'
import { parseLevel, parseLevels } from './parse-levels.ts'

const TEAMS = 'left:\nGK -1 0\nright:\nGK -1 0'

describe('the text form', () => {
  it('takes what people write', () => {
    const [{ name, level }, other] = parseLevels(`\uFEFF// two levels
name: One on one // beside the box
ball: 0.62, 0
endEpisodeOn: score, outOfPlay
difficulty: 1 .5
offsides: off
left:
  GK -1 0 fixed
  // the striker
  CF 0.6 -1e-1 lazy
right:
\tGK -1 0

${TEAMS}
`)
    expect(name).toBe('One on one')
    expect(level).toMatchObject({
      ball: [Math.fround(0.62), 0],
      endEpisodeOnScore: true,
      endEpisodeOnOutOfPlay: true,
      endEpisodeOnPossessionChange: false,
      difficulty: [1, 0.5],
      gameDuration: 3000,
      offsides: false,
      left: [
        { role: 'GK', x: -1, y: 0, lazy: false, controllable: false },
        { role: 'CF', x: Math.fround(0.6), y: Math.fround(-0.1), lazy: true, controllable: true },
      ],
    })
    expect(other).toMatchObject({ name: 'level-2', level: { offsides: true, ball: [0, 0] } })
  })

  it.each([
    ['', 'line 1', /no level/],
    ['// nothing', 'line 1', /no level/],
    [`${TEAMS}\n\n${TEAMS}`, 'line 1', /2 levels/],
    ['GK -1 0', 'line 1', /neither/],
    [`bal: 0 0\n${TEAMS}`, 'line 1, bal', /unknown key/],
    [`ball: 0\n${TEAMS}`, 'line 1, ball', /1 numbers/],
    [`ball: 0 nan\n${TEAMS}`, 'line 1, ball', /'nan' is not a number/],
    [`ball: 0 0x1\n${TEAMS}`, 'line 1, ball', /'0x1' is not a number/],
    [`ball: 0 1e99\n${TEAMS}`, 'line 1, ball', /not a number/],
    [`ball: 0 0\nball: 0 0\n${TEAMS}`, 'line 2, ball', /twice/],
    [`gameDuration: ten\n${TEAMS}`, 'line 1, gameDuration', /not a whole number/],
    [`gameDuration: 0\n${TEAMS}`, 'line 1, gameDuration', /not 0/],
    [`secondHalf: 3000\n${TEAMS}`, 'line 1, secondHalf', /not 3000/],
    [`endEpisodeOn: goal\n${TEAMS}`, 'line 1, endEpisodeOn', /'goal' is not one of/],
    [`endEpisodeOn:\n${TEAMS}`, 'line 1, endEpisodeOn', /says nothing/],
    [`endEpisodeOn: score score\n${TEAMS}`, 'line 1, endEpisodeOn', /twice/],
    [`offsides: maybe\n${TEAMS}`, 'line 1, offsides', /'maybe'/],
    [`kickOff: me\n${TEAMS}`, 'line 1, kickOff', /'me'/],
    [`name:\n${TEAMS}`, 'line 1, name', /empty/],
    ['ball: 0 0\nleft:\nGK -1 0', 'line 1, right', /no right team/],
    ['left: GK -1 0', 'line 1, left', /behind/],
    ['left:\nGK -1\nright:\nGK -1 0', 'line 2, left player 0', /no player/],
    ['left:\nGK -1 0\nST 0 0\nright:\nGK -1 0', 'line 3, left player 1, role', /'ST'/],
    ['left:\nGK -1 0\nCF a 0\nright:\nGK -1 0', 'line 3, left player 1, x', /'a'/],
    ['left:\nGK -1 0\nCF 0 a\nright:\nGK -1 0', 'line 3, left player 1, y', /'a'/],
    ['left:\nGK -1 0 slow\nright:\nGK -1 0', 'line 2, left player 0, mark', /'slow'/],
    ['left:\nGK -1 0 lazy lazy\nright:\nGK -1 0', 'line 2, left player 0, mark', /twice/],
    ['left:\nCF 0 0\nright:\nGK -1 0', 'line 2, left player 0, role', /keeper/],
    ['left:\nGK -1 0\n\nright:\nGK -1 0', 'line 1, right', /no right team/],
    ['left:\nGK -1 0\nCF 2 0\nright:\nGK -1 0', 'line 3, left player 1, x', /off the pitch/],
    ['left:\nGK -1 0\nCF 0 0\nright:\nGK -1 0\nCB 0 0', 'line 6, right player 1, x', /on top/],
    [
      `left:\nGK -1 0\n${'CM 0 0\n'.repeat(11)}right:\nGK -1 0`,
      'line 13, left player 11',
      /at most 11/,
    ],
    [`name: a\n${TEAMS}\n\nname: a\n${TEAMS}`, 'line 7, name', /two levels/],
  ])('names what is wrong in %j', (text, place, message) => {
    const found = (() => {
      try {
        return parseLevel(text)
      } catch (error) {
        return error as AgonError
      }
    })()
    expect(found).toMatchObject({ code: 'level/invalid', place })
    expect((found as AgonError).message).toMatch(message)
  })

  it('never fails but by name, whatever is done to a text', () => {
    let refused = 0
    fc.assert(
      fc.property(
        fc.nat().map((seed) => formatLevel(drawAnyLevel(stream(seed)), 'some level')),
        fc.nat(),
        fc.nat(30),
        fc.string({ maxLength: 8 }),
        (text, at, length, put) => {
          const from = at % text.length
          const spoilt = text.slice(0, from) + put + text.slice(from + length)
          try {
            const level = parseLevel(spoilt)
            expect(parseLevel(formatLevel(level))).toEqual(level)
          } catch (error) {
            if (!(error instanceof AgonError)) throw error
            expect(error.code).toBe('level/invalid')
            expect(error.place).toMatch(/^line \d+/)
            refused++
          }
        },
      ),
      { numRuns: 1000 },
    )
    expect(refused).toBeGreaterThan(300)
  })
})

describe('float32Text', () => {
  it('is the shortest decimal of a float32', () => {
    expect(float32Text(Math.fround(0.1))).toBe('0.1')
    expect(float32Text(-0)).toBe('0')
    expect(float32Text(Math.fround(-0.19576))).toBe('-0.19576')
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(float32Text(value)))).toBe(value + 0)
      }),
    )
  })
})
