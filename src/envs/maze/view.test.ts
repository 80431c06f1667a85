import { describe, expect, it } from 'vitest'
import type { TypedArray } from '../../core/tensor.ts'
import { createMaze } from './environment.ts'
import type { MazeLevel } from './level.ts'
import { mazeOptions } from './options.ts'
import type { ProfileName } from './profiles.ts'
import { parseLevel } from './text.ts'

const SIGNS: Readonly<Record<string, string>> = {
  '1,0,0': '.',
  '2,5,0': '#',
  '8,1,0': 'G',
  '8,0,0': 'R',
  '0,0,0': '?',
}

function observe(level: MazeLevel, options: object): Uint8Array {
  const maze = createMaze(mazeOptions.parse(options))
  const image = new Uint8Array(maze.spec.observations.image.shape.reduce((a, b) => a * b))
  const observations: Record<string, TypedArray> = { image, direction: new Int32Array(1) }
  maze.vector({ slots: 1, autoReset: 'none' }).reset([0], [level], observations)
  return image
}

/** The agent's square as rows of signs, read by the axes of the profile; row 0 is farthest. */
function seen(level: MazeLevel, profile: ProfileName = 'minimax', view = 5): string {
  const image = observe(level, { profile, view })
  const at = {
    minimax: (r: number, c: number, k: number) => (r * view + c) * 3 + k,
    jaxued: (r: number, c: number, k: number) => (c * view + r) * 3 + k,
    dcd: (r: number, c: number, k: number) => k * view * view + c * view + r,
  }[profile]
  const rows: string[] = []
  for (let r = 0; r < view; r++) {
    let row = ''
    for (let c = 0; c < view; c++) row += SIGNS[[0, 1, 2].map((k) => image[at(r, c, k)]).join()]
    rows.push(row)
  }
  return rows.join('\n')
}

const level = (text: string, direction: string): MazeLevel =>
  parseLevel(text.replace('@', direction))

const CORNER = `
@.#..
..G..
#....
.....`.trim()

const NEAR_GOAL = `
#...#
.....
.@G..
.....
#..#.`.trim()

describe('the observation', () => {
  it('matches the hand check: facing up at (2, 2), goal at (2, 0) of an empty maze', () => {
    const rows = ['..G', '...', '..^'].map((row) => row.padEnd(13, '.'))
    const map = [...rows, ...new Array<string>(10).fill('.'.repeat(13))].join('\n')
    expect(seen(parseLevel(map))).toBe('#####\n#####\n..G..\n.....\n.....')
  })

  // Written down cell by cell from the maps above, the bottom centre being the agent's own cell.
  it.each([
    ['>', '##...\n##...\n###G.\n##...\n##..#'],
    ['v', '#####\n...##\n..###\nG..##\n#..##'],
    ['<', '#####\n#####\n#####\n#####\n#..##'],
    ['^', '#####\n#####\n#####\n#####\n##..#'],
  ])('in a corner, facing %s', (arrow, expected) => {
    for (const profile of ['minimax', 'jaxued', 'dcd'] as const)
      expect(seen(level(CORNER, arrow), profile), profile).toBe(expected)
  })

  it.each([
    ['>', '#####\n#....\n....#\n..G..\n.....'],
    ['v', '#####\n#####\n#..##\n....#\n.G..#'],
    ['<', '#####\n#####\n#####\n#...#\n.....'],
    ['^', '#####\n#####\n##...\n#....\n#..G.'],
  ])('next to the goal, facing %s', (arrow, expected) => {
    for (const profile of ['minimax', 'jaxued', 'dcd'] as const)
      expect(seen(level(NEAR_GOAL, arrow), profile), profile).toBe(expected)
  })

  it('differs between the profiles in its axes alone', () => {
    const shape = (profile: ProfileName) =>
      createMaze(mazeOptions.parse({ profile })).spec.observations.image.shape
    expect([shape('minimax'), shape('jaxued'), shape('dcd')]).toEqual([
      [5, 5, 3],
      [5, 5, 3],
      [3, 5, 5],
    ])
    const maze = level(NEAR_GOAL, '>')
    const image = observe(maze, {})
    // The goal is at row 3, column 2.
    expect([...image.subarray((3 * 5 + 2) * 3, (3 * 5 + 2) * 3 + 3)]).toEqual([8, 1, 0])
    const transposed = observe(maze, { profile: 'jaxued' })
    expect([...transposed.subarray((2 * 5 + 3) * 3, (2 * 5 + 3) * 3 + 3)]).toEqual([8, 1, 0])
    const planes = observe(maze, { profile: 'dcd' })
    expect([0, 25, 50].map((plane) => planes[plane + 2 * 5 + 3])).toEqual([8, 1, 0])
  })

  it('shows the agent on request', () => {
    const maze = level(NEAR_GOAL, '<')
    expect([...observe(maze, { seeAgent: true }).subarray(66, 69)]).toEqual([10, 0, 2])
    const planes = observe(maze, { seeAgent: true, profile: 'dcd' })
    expect([0, 25, 50].map((plane) => planes[plane + 14])).toEqual([10, 0, 2])
  })

  it('is the whole map on request, smaller levels framed by walls', () => {
    const maze = parseLevel('.#\n<G')
    const wall = [2, 5, 0]
    for (const profile of ['minimax', 'jaxued', 'dcd'])
      expect([
        ...observe(maze, { profile, observation: 'map', height: 2, width: 3, nWalls: 0 }),
      ]).toEqual([[1, 0, 0], wall, wall, [10, 0, 2], [8, 1, 0], wall].flat())
    const small = { observation: 'map', height: 1, width: 3, nWalls: 0 }
    expect(() => observe(maze, small)).toThrow(/2 × 2 does not fit a map of 1 × 3/)
    const { levels } = createMaze(mazeOptions.parse(small))
    expect(levels.validate(maze)).toBe('a level of 2 × 2 does not fit a map of 1 × 3 (size)')
    expect(levels.validate(parseLevel('>.G'))).toBeNull()
  })

  it('hides what is behind walls where the level says so', () => {
    const wall = '.....\n.....\n#####\n..^..\n....G'
    const occluded = parseLevel(`occlusion: on\n${wall}`)
    expect(seen(occluded)).toBe('?????\n?????\n?????\n#####\n.....')
    expect(seen(parseLevel(wall))).toBe('#####\n.....\n.....\n#####\n.....')
    const corridor = parseLevel('occlusion: on\n.#.#.\n.#.#.\n.#.#G\n.#.#.\n.#^#.')
    for (const profile of ['minimax', 'jaxued', 'dcd'] as const)
      expect(seen(corridor, profile)).toBe('?#.#?\n?#.#?\n?#.#?\n?#.#?\n?#.#?')
  })

  it('shows the cue and both goals of a memory maze in their colours', () => {
    expect(seen(parseLevel('cG.\n>.g\n...'))).toBe('#####\n#####\n#.G.#\n#R..#\n#R..#')
    expect(seen(parseLevel('cg.\n>.G\n...'))).toBe('#####\n#####\n#.G.#\n#R..#\n#G..#')
  })
})
