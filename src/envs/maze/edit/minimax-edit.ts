import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell, drawOtherCell } from '../free-cell.ts'
import type { MazeLevel } from '../level.ts'
import { type EditedMaze, startEdit } from './edited-maze.ts'

const FLIP_WALL = 1
const MOVE_GOAL = 2

/**
 * minimax's operator: each edit is uniformly nothing, a flipped wall (any cell but agent's and goal's) or a moved goal
 * (any other free cell). The agent and its direction never change. Edits run in sequence, their kinds drawn first.
 */
export function editMinimax(level: MazeLevel, edits: number, stream: RandomStream): EditedMaze {
  const maze = startEdit(level)
  const { walls, agent } = maze
  const kinds = new Uint8Array(edits)
  for (let i = 0; i < edits; i++) kinds[i] = stream.integer(3)
  for (const kind of kinds) {
    if (kind === FLIP_WALL) {
      const cell = drawOtherCell(walls.length, stream, agent, maze.goal)
      if (cell >= 0) walls[cell] ^= 1
    } else if (kind === MOVE_GOAL) {
      const cell = drawFreeCell(walls, stream, agent, maze.goal)
      if (cell >= 0) maze.goal = cell
    }
  }
  return maze
}
