import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell, drawOtherCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'
import type { MazeOptions } from '../options.ts'
import { editLevel } from './edit.ts'
import { type EditedMaze, startEdit } from './edited-maze.ts'

/**
 * The first is the one of the options, with its own number of edits; the others make as many changes of one kind: a
 * flipped wall, the goal on another free cell, the agent on another free cell with a drawn direction.
 */
export const MAZE_OPERATORS = ['edit', 'flip-walls', 'move-goal', 'move-agent'] as const
export type MazeOperator = (typeof MAZE_OPERATORS)[number]

/** As `editLevel`: size, step limit and occlusion stay, a memory maze's cue goes. */
export function applyOperator(
  level: MazeLevel,
  operator: MazeOperator,
  { editor, edits }: Pick<MazeOptions, 'editor' | 'edits'>,
  stream: RandomStream,
): MazeLevel {
  if (operator === 'edit') return editLevel(level, editor, edits, stream)
  const { memory: _, ...rest } = level
  const maze = startEdit(level)
  for (let i = 0; i < edits; i++) CHANGES[operator](maze, stream)
  const { walls, agent, direction, goal } = maze
  return { ...rest, walls, agent, direction, goal }
}

type Change = (maze: EditedMaze, stream: RandomStream) => void

/** Each leaves the maze as it is where it has no room. */
const CHANGES: Readonly<Record<Exclude<MazeOperator, 'edit'>, Change>> = {
  'flip-walls'({ walls, agent, goal }, stream) {
    const cell = drawOtherCell(walls.length, stream, agent, goal)
    if (cell >= 0) walls[cell] ^= 1
  },
  'move-goal'(maze, stream) {
    const cell = drawFreeCell(maze.walls, stream, maze.agent, maze.goal)
    if (cell >= 0) maze.goal = cell
  },
  'move-agent'(maze, stream) {
    const cell = drawFreeCell(maze.walls, stream, maze.agent, maze.goal)
    if (cell < 0) return
    maze.agent = cell
    maze.direction = stream.integer(4) as Direction
  },
}
