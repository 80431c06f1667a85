import { describe, expect, it } from 'vitest'
import type { AgonError } from '../../../core/errors.ts'
import { stream } from '../../../core/random.ts'
import { findDefect } from '../level.ts'
import { countWalls, minActions, shortestPath } from '../metrics.ts'
import { fixedMaze } from './fixed-maze.ts'
import { PUBLISHED_MAZES } from './published-mazes.ts'
import { mazeSuite, SUITE_IDS } from './suites.ts'

const options = { randomStartDirection: false }

describe('published mazes', () => {
  it.each(PUBLISHED_MAZES.map((maze) => [maze.name, maze] as const))(
    '%s has the published walls, paths and action counts',
    (name, maze) => {
      const { levels } = fixedMaze(name)
      expect(levels.map(findDefect)).toEqual(levels.map(() => null))
      expect(levels.map(shortestPath)).toEqual(maze.shortestPath)
      expect(levels.map(minActions)).toEqual(maze.minActions)
      expect(levels.map(countWalls)).toEqual(levels.map(() => maze.walls))
    },
  )

  it('knows the memory maze: top goal red, a cue beside the start', () => {
    const [top, bottom] = fixedMaze('Memory').levels
    expect(top.goal).toBe(5 * 15 + 9)
    expect(top.memory).toEqual({ distractor: 9 * 15 + 9, cue: 6 * 15 })
    expect(bottom.memory).toEqual({ distractor: 5 * 15 + 9, cue: 6 * 15 })
  })

  it('name the nearest maze for an unknown one', () => {
    expect(() => fixedMaze('Labirynth')).toThrow(
      expect.objectContaining({
        code: 'level/unknown',
        remedy: expect.stringMatching(/^did you mean 'Labyrinth'\? There are SixteenRooms, /),
      }),
    )
    expect(() => fixedMaze('nope')).toThrow(
      expect.objectContaining({ remedy: expect.stringMatching(/^there are SixteenRooms, /) }),
    )
  })
})

describe('suites', () => {
  const limits = (id: string): Record<string, number | undefined> =>
    Object.fromEntries(
      mazeSuite(id, options).entries.map(({ name, level }) => [
        name,
        level(stream(1, id, name), 0).maxSteps,
      ]),
    )

  it('carry the episode limits of their code base', () => {
    expect(limits('maze/minimax-train')).toEqual({
      SixteenRooms: 450,
      Labyrinth: 450,
      StandardMaze: 450,
    })
    expect(limits('maze/minimax-report')).toMatchObject({
      Crossing: 484,
      FourRooms: 250,
      SmallCorridor: 450,
      LargeCorridor: 882,
      PerfectMazeMedium: 882,
    })
    expect(Object.keys(limits('maze/minimax-report'))).toHaveLength(12)
    expect(Object.values(limits('maze/jaxued'))).toEqual(new Array(8).fill(250))
    expect(limits('maze/minimax-all')).toMatchObject({ PerfectMazeXL: 21218, Memory: 250 })
    expect(limits('maze/dcd-minigrid')).toEqual({
      FourRooms: 100,
      SimpleCrossingS9N1: 324,
      SimpleCrossingS9N2: 324,
      SimpleCrossingS9N3: 324,
      SimpleCrossingS11N5: 484,
      PerfectMazeSmall: 242,
    })
    const dcd = limits('maze/dcd')
    expect(Object.keys(dcd)).toHaveLength(10)
    expect(dcd).toMatchObject({ PerfectMazeLarge: 5202, PerfectMazeXL: 20402, SixteenRooms: 450 })
  })

  it('give well-formed, solvable levels that depend on nothing but the stream', () => {
    for (const id of SUITE_IDS) {
      for (const { name, level } of mazeSuite(id, options).entries) {
        const drawn = level(stream(7, id, name), 3)
        expect(findDefect(drawn)).toBeNull()
        expect(shortestPath(drawn), name).toBeGreaterThan(0)
        expect(level(stream(7, id, name), 3)).toEqual(drawn)
      }
    }
  })

  it('draw a goal of several, and the start direction where asked', () => {
    const suite = (randomStartDirection: boolean) =>
      mazeSuite('maze/minimax-report', { randomStartDirection }).entries
    const corridor = suite(false).find(({ name }) => name === 'SmallCorridor')!
    const random = stream(3, 'goals')
    const goals = new Set(Array.from({ length: 200 }, () => corridor.level(random, 0).goal))
    expect(goals.size).toBe(10)
    const drawn = Array.from({ length: 50 }, () => suite(true)[0].level(random, 0).direction)
    expect(new Set(drawn).size).toBe(4)
    expect(suite(false)[0].level(random, 0).direction).toBe(0)
  })

  it('name the nearest id for an unknown one', () => {
    try {
      mazeSuite('maze/minimax-repot', options)
      expect.unreachable()
    } catch (error) {
      expect((error as AgonError).code).toBe('suite/unknown')
      expect((error as AgonError).remedy).toContain("'maze/minimax-report'")
    }
  })
})
