import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stream } from '../../../core/random.ts'
import { findDefect, type MazeLevel } from '../level.ts'
import { countWalls, shortestPath } from '../metrics.ts'
import { mazeOptions } from '../options.ts'
import { GENERATORS } from '../profiles.ts'
import { construct, generateByUniformTeacher, generateClutter } from './construction.ts'
import { crossingMiniGrid, crossingMinimax } from './crossing.ts'
import { fourRoomsMiniGrid, fourRoomsMinimax } from './four-rooms.ts'
import { generateLevel } from './generate.ts'
import { perfectMazeKruskal, perfectMazeMinimax } from './perfect-maze.ts'
import { generateWalls } from './walls.ts'

const size = { height: 13, width: 13 }

function many(count: number, generate: (random: ReturnType<typeof stream>) => MazeLevel) {
  const random = stream(11, 'many')
  return Array.from({ length: count }, () => generate(random))
}

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** χ² of counts against equal expectations, and what it stays below but once in 10 000 (Wilson–Hilferty). */
function chiSquare(counts: number[]): { value: number; bound: number } {
  const expected = mean(counts)
  const value = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  const k = counts.length - 1
  return { value, bound: k * (1 - 2 / (9 * k) + 3.72 * Math.sqrt(2 / (9 * k))) ** 3 }
}

const tally = (values: number[], cells: number): number[] => {
  const counts = new Array<number>(cells).fill(0)
  for (const value of values) counts[value]++
  return counts
}

describe('random walls', () => {
  const rules = { ...size, nWalls: 60, replacement: true, sampleNWalls: false }

  it('leaves 50.6 of 60 draws on average, agent and goal uniform over the free cells', () => {
    const levels = many(10_000, (random) => generateWalls(rules, random))
    expect(Math.abs(mean(levels.map(countWalls)) - 50.6)).toBeLessThan(0.1)
    for (const cells of [levels.map(({ agent }) => agent), levels.map(({ goal }) => goal)]) {
      const { value, bound } = chiSquare(tally(cells, 169))
      expect(value).toBeLessThan(bound)
    }
    const { value, bound } = chiSquare(
      tally(
        levels.map(({ direction }) => direction),
        4,
      ),
    )
    expect(value).toBeLessThan(bound)
  })

  it('is uniform over the free cells of one wall map, agent and goal jointly', () => {
    // Two walls of 2 × 3 leave four free cells: twelve ordered pairs, whatever the walls.
    const tiny = { ...rules, height: 2, width: 3, nWalls: 2, replacement: false }
    const pairs = many(12_000, (random) => generateWalls(tiny, random)).map((level) => {
      const free = [0, 1, 2, 3, 4, 5].filter((cell) => level.walls[cell] === 0)
      const goal = free.indexOf(level.goal)
      const agent = free.indexOf(level.agent)
      return agent * 3 + (goal > agent ? goal - 1 : goal)
    })
    const { value, bound } = chiSquare(tally(pairs, 12))
    expect(value).toBeLessThan(bound)
  })

  it('places every wall without replacement, and a sampled number of them on request', () => {
    const exact = { ...rules, replacement: false }
    for (const level of many(50, (random) => generateWalls(exact, random)))
      expect(countWalls(level)).toBe(60)
    const sampled = { ...exact, sampleNWalls: true }
    const counts = many(6000, (random) => generateWalls(sampled, random)).map(countWalls)
    expect(Math.min(...counts)).toBe(1)
    expect(Math.max(...counts)).toBe(59)
    // 0 … 59 uniform, but 0 becomes 1.
    expect(Math.abs(mean(counts) - (59 * 60) / 2 / 60 - 1 / 60)).toBeLessThan(1)
  })

  it('gives an empty room without walls', () => {
    const [level] = many(1, (random) => generateWalls({ ...rules, nWalls: 0 }, random))
    expect(countWalls(level)).toBe(0)
  })
})

describe('the dcd generators', () => {
  const rules = { ...size, nWalls: 25, goalLast: true, variableBlocks: false }

  it('construct walls, goal, agent; wasted duplicates; walls go under goal and agent', () => {
    const small = { height: 2, width: 3, nWalls: 3, goalLast: true, variableBlocks: false }
    const level = construct(small, [1, 1, 4, 4, 2], 2, stream(0))
    expect([...level.walls]).toEqual([0, 1, 0, 0, 0, 0])
    expect(level).toMatchObject({ goal: 4, agent: 2, direction: 2 })
    const goalFirst = construct({ ...small, goalLast: false }, [4, 2, 4, 2, 0], 1, stream(0))
    expect([...goalFirst.walls]).toEqual([1, 0, 0, 0, 0, 0])
    const clash = construct(small, [0, 1, 2, 3, 3], 0, stream(1))
    expect(clash.goal).toBe(3)
    expect([4, 5]).toContain(clash.agent)
  })

  it('lets the first action set the number of blocks where they vary', () => {
    const variable = { height: 3, width: 3, nWalls: 6, goalLast: true, variableBlocks: true }
    // ⌊4/9·6⌋ = 2 walls on cells 4 and 1, then goal and agent; the rest is ignored.
    const level = construct(variable, [4, 1, 8, 7, 0, 0, 0, 0], 0, stream(0))
    expect(countWalls(level)).toBe(2)
    expect(level).toMatchObject({ goal: 8, agent: 7 })
  })

  it('waste moves by chance as a uniform teacher does', () => {
    const walls = many(4000, (random) => generateByUniformTeacher(rules, random)).map(countWalls)
    // 25 draws leave 169·(1 − (168/169)^25) distinct cells, less what lies under goal and agent.
    const distinct = 169 * (1 - (168 / 169) ** 25)
    expect(Math.abs(mean(walls) - distinct * (1 - 2 / 169))).toBeLessThan(0.15)
  })

  it('scatter half the clutter, or a varying number of blocks', () => {
    for (const level of many(50, (random) => generateClutter(rules, random)))
      expect(countWalls(level)).toBe(12)
    const variable = { ...rules, nWalls: 60, variableBlocks: true }
    const counts = many(3000, (random) => generateClutter(variable, random)).map(countWalls)
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([0, 59])
  })
})

/** Whether the free cells have as many links as a tree. */
function isPerfect(level: MazeLevel): boolean {
  const { width, walls } = level
  let free = 0
  let links = 0
  for (let cell = 0; cell < walls.length; cell++) {
    if (walls[cell] !== 0) continue
    free++
    if ((cell + 1) % width !== 0 && walls[cell + 1] === 0) links++
    if (cell + width < walls.length && walls[cell + width] === 0) links++
  }
  return links === free - 1
}

describe('procedural mazes', () => {
  it('four rooms have one door per half wall', () => {
    for (const generate of [fourRoomsMinimax, fourRoomsMiniGrid]) {
      for (const level of many(100, (random) => generate({ height: 17, width: 17 }, random))) {
        expect(findDefect(level)).toBeNull()
        expect(countWalls(level)).toBe(33 - 4)
        expect(shortestPath(level)).toBeGreaterThan(0)
        expect(level.walls[8 * 17 + 8]).toBe(1)
      }
    }
    const inDoor = (level: MazeLevel): boolean =>
      [level.agent, level.goal].some((cell) => cell % 17 === 8 || Math.floor(cell / 17) === 8)
    const levels = (generate: typeof fourRoomsMinimax) =>
      many(1000, (random) => generate({ height: 17, width: 17 }, random))
    expect(levels(fourRoomsMinimax).some(inDoor)).toBe(false)
    expect(levels(fourRoomsMiniGrid).some(inDoor)).toBe(true)
  })

  it('crossings lead from corner to corner', () => {
    const rules = { height: 9, width: 9, crossings: 5 }
    for (const generate of [crossingMinimax, crossingMiniGrid]) {
      for (const level of many(300, (random) => generate(rules, random))) {
        expect(level).toMatchObject({ agent: 0, direction: 0, goal: 80 })
        expect(findDefect(level)).toBeNull()
        expect(shortestPath(level)).toBeGreaterThanOrEqual(16)
      }
    }
  })

  it('crossings are exact in the MiniGrid form and vary around 5 in the minimax form', () => {
    const rules = { height: 9, width: 9, crossings: 5 }
    // A line of 9 cells stays mostly wall: count odd rows and columns with at least 4 wall cells off the other lines.
    const lines = ({ walls }: MazeLevel): number => {
      let count = 0
      for (let at = 1; at < 9; at += 2) {
        const row = [0, 2, 4, 6, 8].filter((x) => walls[at * 9 + x] === 1).length
        const column = [0, 2, 4, 6, 8].filter((y) => walls[y * 9 + at] === 1).length
        count += (row >= 4 ? 1 : 0) + (column >= 4 ? 1 : 0)
      }
      return count
    }
    for (const level of many(100, (random) => crossingMiniGrid(rules, random)))
      expect(lines(level)).toBe(5)
    const counts = many(2000, (random) => crossingMinimax(rules, random)).map(lines)
    expect(new Set(counts).size).toBeGreaterThan(3)
    expect(Math.abs(mean(counts) - 5)).toBeLessThan(0.2)
  })

  it('perfect mazes are trees that join every cell', () => {
    for (const generate of [perfectMazeMinimax, perfectMazeKruskal]) {
      for (const level of many(20, (random) => generate(size, random))) {
        expect(isPerfect(level)).toBe(true)
        const others = [...level.walls.keys()].filter(
          (cell) => level.walls[cell] === 0 && cell !== level.agent,
        )
        expect(others.every((goal) => shortestPath({ ...level, goal }) > 0)).toBe(true)
      }
    }
    const corners = new Set([0, 12, 156, 168])
    for (const level of many(50, (random) => perfectMazeKruskal(size, random))) {
      expect(corners.has(level.agent) && corners.has(level.goal)).toBe(true)
      expect(level.direction).toBe(0)
    }
  })
})

describe('generateLevel', () => {
  it('gives well-formed levels for every generator, profile and size, by the stream alone', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.constantFrom(...GENERATORS),
        fc.constantFrom('minimax', 'jaxued', 'dcd'),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (seed, generator, profile, h, w) => {
          const [height, width] = [2 * h + 1, 2 * w + 1]
          const options = mazeOptions.parse({
            profile,
            generator,
            height,
            width,
            nWalls: Math.floor((height * width) / 3),
            crossings: 1,
          })
          const level = generateLevel(options, stream(seed, 'level'))
          expect(findDefect(level)).toBeNull()
          expect([level.height, level.width]).toEqual([height, width])
          expect(generateLevel(options, stream(seed, 'level'))).toEqual(level)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('draws solvable levels only where asked', () => {
    const options = mazeOptions.parse({ nWalls: 100, replacement: false, solvableOnly: true })
    const random = stream(2, 'solvable')
    for (let i = 0; i < 30; i++)
      expect(shortestPath(generateLevel(options, random))).toBeGreaterThan(0)
    // Two cells with a wall between them: 1 × 3 with one wall can be solvable; a middle wall cannot, and is drawn again.
    const strip = { ...options, height: 1, width: 3, nWalls: 1 }
    for (let i = 0; i < 20; i++) expect(generateLevel(strip, random).walls[1]).toBe(0)
  })
})
