import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import type { MazeLevel } from '../level.ts'
import { shortestPath } from '../metrics.ts'
import type { MazeOptions } from '../options.ts'
import { PROFILES } from '../profiles.ts'
import { generateByUniformTeacher, generateClutter } from './construction.ts'
import { crossingMiniGrid, crossingMinimax } from './crossing.ts'
import { fourRoomsMiniGrid, fourRoomsMinimax } from './four-rooms.ts'
import { perfectMazeKruskal, perfectMazeMinimax } from './perfect-maze.ts'
import { generateWalls } from './walls.ts'

const MAX_TRIES = 10_000

/**
 * A level of the generator that the options name.
 * @throws AgonError `level/unsolvable` if `solvableOnly` finds none
 */
export function generateLevel(options: MazeOptions, stream: RandomStream): MazeLevel {
  if (!options.solvableOnly) return generateOnce(options, stream)
  for (let i = 0; i < MAX_TRIES; i++) {
    const level = generateOnce(options, stream)
    if (shortestPath(level) > 0) return level
  }
  throw new AgonError('level/unsolvable', `no solvable level among ${MAX_TRIES}`, {
    remedy: 'lower nWalls',
  })
}

function generateOnce(options: MazeOptions, stream: RandomStream): MazeLevel {
  const dcdForm = PROFILES[options.profile].procedural === 'dcd'
  switch (options.generator) {
    case 'walls':
      return generateWalls(options, stream)
    case 'uniform-teacher':
      return generateByUniformTeacher({ ...options, goalLast: true }, stream)
    case 'clutter':
      return generateClutter(options, stream)
    case 'four-rooms':
      return dcdForm ? fourRoomsMiniGrid(options, stream) : fourRoomsMinimax(options, stream)
    case 'crossing':
      return dcdForm ? crossingMiniGrid(options, stream) : crossingMinimax(options, stream)
    case 'perfect-maze':
      return dcdForm ? perfectMazeKruskal(options, stream) : perfectMazeMinimax(options, stream)
  }
}
