import type { RandomStream } from '../../../core/random.ts'
import { drawFreeCell } from '../free-cell.ts'
import type { Direction, MazeLevel } from '../level.ts'

/** Steps of JaxUED's level-building game. */
export const JAXUED_BUILDER_LENGTH = 50

interface Size {
  readonly height: number
  readonly width: number
}

/**
 * JaxUED's game on an empty map: the first action is the goal's cell, the second the direction (mod 4), the third the
 * agent's cell (a uniform other one if it hits the goal); every later one toggles the wall of a cell, except under
 * agent and goal.
 */
export function constructJaxued(
  size: Size,
  actions: ArrayLike<number>,
  stream: RandomStream,
): MazeLevel {
  const { height, width } = size
  return { height, width, ...jaxuedSoFar(size, actions, actions.length, stream) }
}

/** What stands after the first `time` actions; −1 = not placed. */
export function jaxuedSoFar(
  { height, width }: Size,
  actions: ArrayLike<number>,
  time: number,
  stream: RandomStream,
): Pick<MazeLevel, 'walls' | 'goal' | 'agent' | 'direction'> {
  const walls = new Uint8Array(height * width)
  const goal = time > 0 ? actions[0] : -1
  const direction = (time > 1 ? actions[1] & 3 : 0) as Direction
  if (time < 3) return { walls, goal, agent: -1, direction }
  const agent = actions[2] === goal ? drawFreeCell(walls, stream, goal) : actions[2]
  for (let step = 3; step < time; step++) {
    const cell = actions[step]
    if (cell !== goal && cell !== agent) walls[cell] ^= 1
  }
  return { walls, agent, direction, goal }
}
