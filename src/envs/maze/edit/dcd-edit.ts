import type { RandomStream } from '../../../core/random.ts'
import type { MazeLevel } from '../level.ts'
import { drawLocations, drawPlace, type EditedMaze, startEdit } from './edited-maze.ts'

/** What the editor may put on a cell. */
export type DcdEntity = 'wall' | 'empty' | 'goal' | 'agent'

export const DCD_ENTITIES: readonly DcdEntity[] = ['wall', 'empty', 'agent', 'goal']
/** The set of the ACCEL configurations: the agent stays unless something is put on its cell. */
export const DCD_ENTITIES_FIXED_AGENT: readonly DcdEntity[] = ['wall', 'empty', 'goal']

/**
 * dcd's operator: each of `edits` drawn locations (duplicates dropped) is cleared and gets a uniform entity of the
 * set. A missing goal, then a missing agent is put on a uniform free cell; the direction never changes.
 */
export function editDcd(
  level: MazeLevel,
  edits: number,
  entities: readonly DcdEntity[],
  stream: RandomStream,
): EditedMaze {
  const maze = startEdit(level)
  const { walls } = maze
  const locations = drawLocations(walls.length, edits, stream)
  const kinds = locations.map(() => entities[stream.integer(entities.length)])
  for (let i = 0; i < locations.length; i++) {
    const cell = locations[i]
    if (cell === maze.agent) maze.agent = -1
    if (cell === maze.goal) maze.goal = -1
    walls[cell] = kinds[i] === 'wall' ? 1 : 0
    if (kinds[i] === 'agent') maze.agent = cell
    else if (kinds[i] === 'goal') maze.goal = cell
  }
  if (maze.goal < 0) maze.goal = drawPlace(walls, stream, maze.agent)
  if (maze.agent < 0) maze.agent = drawPlace(walls, stream, maze.goal)
  return maze
}
