import type { RandomStream } from '../../../core/random.ts'
import type { Direction, MazeLevel } from '../level.ts'
import { drawLocations, drawPlace, type EditedMaze, startEdit } from './edited-maze.ts'

const ADD_WALL = 0
const REMOVE_WALL = 1
const MOVE_AGENT = 2

/**
 * JaxUED's own operator: at each of `edits` drawn locations (duplicates dropped, shuffled) uniformly add a wall, remove
 * one, move the agent here with a random direction, or move the goal here. What was edited away is placed at the end,
 * the goal first, the agent with a random direction.
 */
export function editJaxued(level: MazeLevel, edits: number, stream: RandomStream): EditedMaze {
  const maze = startEdit(level)
  const { walls } = maze
  for (const cell of stream.shuffle(drawLocations(walls.length, edits, stream))) {
    const kind = stream.integer(4)
    if (cell === maze.agent) maze.agent = -1
    if (cell === maze.goal) maze.goal = -1
    walls[cell] = kind === ADD_WALL ? 1 : 0
    if (kind === ADD_WALL || kind === REMOVE_WALL) continue
    if (kind === MOVE_AGENT) {
      maze.agent = cell
      maze.direction = stream.integer(4) as Direction
    } else maze.goal = cell
  }
  if (maze.goal < 0) maze.goal = drawPlace(walls, stream, maze.agent)
  if (maze.agent < 0) {
    maze.agent = drawPlace(walls, stream, maze.goal)
    maze.direction = stream.integer(4) as Direction
  }
  return maze
}
