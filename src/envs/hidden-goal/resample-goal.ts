import type { RandomStream } from '../../core/random.ts'
import { DX, DY, type MazeLevel } from '../maze/level.ts'

const TURN_LEFT = 0
const TURN_RIGHT = 1
const FORWARD = 2

/**
 * The cells where the goal may be for all that an agent knows who has taken `taken` and whose episode goes on, 1 each: free, not its
 * start, and none that it has entered, for the goal would have ended the episode.
 * @param reachable whether mazes whose goal cannot be reached are never drawn
 */
export function possibleGoals(
  level: MazeLevel,
  taken: ArrayLike<number>,
  reachable: boolean,
): Uint8Array {
  const { walls, memory } = level
  const possible = reachable ? reachableCells(level) : Uint8Array.from(walls, (wall) => 1 - wall)
  possible[level.agent] = 0
  if (memory !== undefined) {
    possible[memory.distractor] = 0
    possible[memory.cue] = 0
  }
  let cell = level.agent
  let direction: number = level.direction
  for (let t = 0; t < taken.length; t++) {
    if (taken[t] === TURN_LEFT) direction = (direction + 3) & 3
    else if (taken[t] === TURN_RIGHT) direction = (direction + 1) & 3
    else if (taken[t] === FORWARD) {
      const next = ahead(level, cell, direction)
      if (next < 0 || walls[next] !== 0) continue
      cell = next
      possible[cell] = 0
    }
  }
  return possible
}

/** The level with its goal in one of those cells, each as likely. */
export function resampleGoal(
  level: MazeLevel,
  stream: RandomStream,
  taken: ArrayLike<number>,
  reachable: boolean,
): MazeLevel {
  const cells = [...possibleGoals(level, taken, reachable).entries()].filter(([, may]) => may === 1)
  if (cells.length === 0) return level
  return { ...level, goal: cells[stream.integer(cells.length)][0] }
}

function reachableCells(level: MazeLevel): Uint8Array {
  const seen = new Uint8Array(level.walls.length)
  const queue = [level.agent]
  seen[level.agent] = 1
  for (const cell of queue)
    for (let direction = 0; direction < 4; direction++) {
      const next = ahead(level, cell, direction)
      if (next < 0 || seen[next] === 1 || level.walls[next] !== 0) continue
      seen[next] = 1
      queue.push(next)
    }
  return seen
}

/** The cell one step on, or −1 outside. */
function ahead({ width, height }: MazeLevel, cell: number, direction: number): number {
  const x = (cell % width) + DX[direction]
  const y = Math.floor(cell / width) + DY[direction]
  return x < 0 || y < 0 || x >= width || y >= height ? -1 : y * width + x
}
