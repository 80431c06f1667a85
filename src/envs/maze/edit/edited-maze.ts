import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'

/** A level while it is edited: its own copy of the walls; −1 = not placed. */
export interface EditedMaze {
  readonly walls: Uint8Array
  agent: number
  direction: Direction
  goal: number
}

export const startEdit = (level: MazeLevel): EditedMaze => ({
  walls: level.walls.slice(),
  agent: level.agent,
  direction: level.direction,
  goal: level.goal,
})

/** A uniform free cell other than `taken`; where walls fill the maze, any cell but `taken`, whose wall goes. */
export function drawPlace(walls: Uint8Array, stream: RandomStream, taken: number): number {
  const free = drawFreeCell(walls, stream, taken)
  if (free >= 0) return free
  const cell =
    taken < 0
      ? stream.integer(walls.length)
      : (taken + 1 + stream.integer(walls.length - 1)) % walls.length
  walls[cell] = 0
  return cell
}

/** `count` draws of cells with replacement, duplicates dropped, in order of their first draw. */
export function drawLocations(cells: number, count: number, stream: RandomStream): number[] {
  const locations = new Set<number>()
  for (let i = 0; i < count; i++) locations.add(stream.integer(cells))
  return [...locations]
}
