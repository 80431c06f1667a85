import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromUtf8 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import { environment as maze } from '../envs/maze/environment.ts'
import { corridor } from './fixtures/walker.ts'
import { readLevels } from './levels-file.ts'

const SPACE = corridor().levels

function thrown(text: string): AgonError {
  try {
    readLevels(text, SPACE, 'mine.txt')
  } catch (error) {
    expect(error).toBeInstanceOf(AgonError)
    return error as AgonError
  }
  throw new Error('nothing was thrown')
}

describe('readLevels', () => {
  it('reads named and nameless blocks, with any line ends', () => {
    const levels = readLevels('\uFEFF\r\n# first one \r\nS..G\r\n\r\n\r\n..SG\r\n', SPACE)
    expect(Object.entries(levels).map(([name, bytes]) => [name, fromUtf8(bytes)])).toEqual([
      ['first one', '4:0'],
      ['level-2', '4:2'],
    ])
  })

  it('skips comments and takes a name from the header of the form itself', () => {
    const texts: string[] = []
    const space = {
      ...SPACE,
      parse: (text: string) => {
        texts.push(text)
        return { length: 3, start: 0 }
      },
    }
    const levels = readLevels('// mine\n\nname: Corner\n// rows\nS.G\n', space)
    expect(Object.keys(levels)).toEqual(['Corner'])
    expect(texts).toEqual(['name: Corner\nS.G'])
  })

  it('leaves a form with blank lines inside a level to the environment', () => {
    const space = {
      ...SPACE,
      parseFile: (text: string) =>
        text.split('---').map((part, i) => ({ name: `p${i}`, level: SPACE.parse(part) })),
    }
    const levels = readLevels('\uFEFFS.G\n\n---\n\nSG', space)
    expect(Object.entries(levels).map(([name, bytes]) => [name, fromUtf8(bytes)])).toEqual([
      ['p0', '3:0'],
      ['p1', '2:0'],
    ])
    expect(() => readLevels('S.G---X', space, 'mine.txt')).toThrow(
      expect.objectContaining({ code: 'level/invalid', place: 'mine.txt, row 1, column 1' }),
    )
  })

  it('answers any text of mazes with levels or a named error', () => {
    const mazes = maze.create(maze.options.parse({})).levels
    const anyText = fc
      .array(fc.constantFrom(...'#.G>v<^gc\n\n?: ', '# a\n', 'name: x\n', '>.G\n\n', '//'), {
        maxLength: 24,
      })
      .map((parts) => parts.join(''))
    let read = 0
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          for (const bytes of Object.values(readLevels(text, mazes)))
            expect(mazes.validate(mazes.decode(bytes))).toBeNull()
          read++
        } catch (error) {
          expect((error as AgonError).code).toBe('level/invalid')
          expect((error as AgonError).place).toMatch(/^levels/)
        }
      }),
      { numRuns: 500, seed: 3 },
    )
    expect(read).toBeGreaterThan(0)
  })

  it('names file, line, level and the place in it', () => {
    expect(thrown('S.G\n\n# second\nS.X\n')).toMatchObject({
      code: 'level/invalid',
      place: "mine.txt:4, level 'second', row 1, column 1",
    })
    expect(thrown('# a\nSG\n\n# a\nS.G').message).toContain("two levels are named 'a'")
    expect(thrown(' \n\n').message).toContain('no level')
    expect(thrown('# only a name\n').code).toBe('level/invalid')
  })
})
