import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'

/** Steps of JaxUED's level-building game. */
export const JAXUED_BUILDER_LENGTH = 50

/**
 * JaxUED's game on an empty map: the first action is the goal's cell, the second the direction (mod 4), the third the
 * agent's cell (a uniform other one if it hits the goal); every later one toggles the wall of a cell, except under
 * agent and goal.
 */
export function constructJaxued(
  size: { readonly height: number; readonly width: number },
  actions: ArrayLike<number>,
  stream: RandomStream,
): MazeLevel {
  const { height, width } = size
  const walls = new Uint8Array(height * width)
  const goal = actions[0]
  const direction = (actions[1] & 3) as Direction
  const agent = actions[2] === goal ? drawFreeCell(walls, stream, goal) : actions[2]
  for (let step = 3; step < actions.length; step++) {
    const cell = actions[step]
    if (cell !== goal && cell !== agent) walls[cell] ^= 1
  }
  return { height, width, walls, agent, direction, goal }
}
