import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { drawAnyLevel } from '../fixtures/any-level.ts'
import { findDefect, type MazeLevel } from '../level.ts'
import { mazeLevelSpace } from '../level-space.ts'
import { mazeOptions } from '../options.ts'
import { parseLevel } from '../text.ts'
import { crossLevels } from './crossover.ts'
import { MAZE_OPERATORS } from './operators.ts'

const options = mazeOptions.parse({ height: 5, width: 7, nWalls: 9, edits: 3 })
const levels = mazeLevelSpace(options)
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const walls = ({ walls }: MazeLevel): string => walls.join('')

describe('the operators of a maze', () => {
  it('keep levels well formed, and change nothing but what they are named after', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const parent = drawAnyLevel(stream(seed))
        for (const name of MAZE_OPERATORS) {
          const { level, operator } = levels.mutate(parent, stream(seed, name), name)
          expect(operator).toBe(name)
          expect(findDefect(level)).toBeNull()
          if (name !== 'edit' && name !== 'flip-walls') expect(walls(level)).toBe(walls(parent))
          if (name === 'flip-walls' || name === 'move-agent') expect(level.goal).toBe(parent.goal)
          if (name === 'flip-walls' || name === 'move-goal')
            expect([level.agent, level.direction]).toEqual([parent.agent, parent.direction])
        }
      }),
      { numRuns: 150 },
    )
  })

  it('do something, and without a name the space’s own', () => {
    const parent = parseLevel('>....\n.....\n....G')
    const changed = (name?: string) => levels.mutate(parent, stream('op'), name).level
    expect(walls(changed('flip-walls'))).not.toBe(walls(parent))
    expect(changed('move-goal').goal).not.toBe(parent.goal)
    expect(changed('move-agent').agent).not.toBe(parent.agent)
    expect(changed()).toEqual(changed('edit'))
  })

  it('are refused by the nearest where there is none of that name', () => {
    expect(() => levels.mutate(parseLevel('>G'), stream(1), 'move-gaol')).toThrow(
      expect.objectContaining({
        code: 'level/operator',
        fields: expect.objectContaining({ nearest: 'move-goal' }),
      }),
    )
  })
})

describe('crossover of mazes', () => {
  it('takes each wall from one of two, and leaves both as they were', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [a, b] = [levels.sample(stream(seed, 'a')), levels.sample(stream(seed, 'b'))]
        const before = [levels.encode(a), levels.encode(b)]
        const child = crossLevels(a, b, stream(seed, 'cut'))
        expect(findDefect(child)).toBeNull()
        expect([levels.encode(a), levels.encode(b)]).toEqual(before)
        expect([child.agent, child.direction]).toEqual([a.agent, a.direction])
        child.walls.forEach((wall, cell) => {
          if (cell !== child.agent && cell !== child.goal)
            expect([a.walls[cell], b.walls[cell]]).toContain(wall)
        })
      }),
      { numRuns: 150 },
    )
  })

  it('has something of both, cut in a column or a row', () => {
    const [full, empty] = [parseLevel('>#####\n#####G'), parseLevel('>.....\n.....G')]
    const children = Array.from({ length: 40 }, (_, i) => crossLevels(full, empty, stream(i)))
    const counts = children.map((child) => child.walls.reduce((sum, wall) => sum + wall, 0))
    // A column cut keeps 1 to 5 columns of walls, less the agent's cell; a row cut the upper row.
    expect([...new Set(counts)].sort()).toEqual([1, 3, 5, 7, 9])
    expect(() => crossLevels(full, parseLevel('>.G'), stream(1))).toThrow(
      expect.objectContaining({ code: 'level/crossover' }),
    )
  })
})
