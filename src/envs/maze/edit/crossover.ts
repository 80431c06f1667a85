import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import type { MazeLevel } from '../level.ts'
import { drawPlace, startEdit } from './edited-maze.ts'

/**
 * One-point crossover: columns or rows, drawn, up to a drawn cut from `a`, and the others from `b`. Agent, direction, step
 * limit and occlusion are a's, the goal b's or, where the agent stands, on a uniform free cell; both on cells without a
 * wall. No published maze code crosses levels.
 * @throws AgonError `level/crossover` for mazes of different sizes
 */
export function crossLevels(a: MazeLevel, b: MazeLevel, stream: RandomStream): MazeLevel {
  const { height, width } = a
  if (b.height !== height || b.width !== width)
    throw new AgonError(
      'level/crossover',
      `a maze of ${height} × ${width} and one of ${b.height} × ${b.width} have no child`,
      { remedy: 'cross mazes of one size' },
    )
  const { memory: _, ...rest } = a
  const { walls, agent } = startEdit(a)
  const byRow = stream.integer(2) === 1
  const side = byRow ? height : width
  const cut = side === 1 ? 1 : 1 + stream.integer(side - 1)
  for (let cell = 0; cell < walls.length; cell++)
    if ((byRow ? Math.floor(cell / width) : cell % width) >= cut) walls[cell] = b.walls[cell]
  walls[agent] = 0
  if (b.goal === agent) return { ...rest, walls, goal: drawPlace(walls, stream, agent) }
  walls[b.goal] = 0
  return { ...rest, walls, goal: b.goal }
}
