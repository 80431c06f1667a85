import { AgonError } from '../../../core/errors.ts'
import type { Direction, MazeLevel } from '../level.ts'
import type { BuildingOptions } from './options.ts'

/**
 * A level-building game: a builder names one cell of the board at a time, and after `steps` of them a maze stands. Every
 * sequence of cells gives a well-formed level, and the same one each time: what chance decides comes from the seed of the
 * episode alone.
 */
export interface BoardGame {
  readonly steps: number
  /** Uniforms that the builder sees beside the board, drawn anew at every step. */
  readonly noise: number
  /** Whether the image shows the wall ring around the board. */
  readonly ring: boolean
  /** What stands after the first `time` of `actions`. */
  board(seed: number, actions: ArrayLike<number>, time: number): Board
}

/** What stands so far; −1 where goal or agent is not placed. The direction shows once the agent stands. */
export interface Board {
  readonly walls: Uint8Array
  readonly goal: number
  readonly agent: number
  readonly direction: Direction
}

export interface BoardSize {
  readonly height: number
  readonly width: number
}

/** What every game is made from. */
export interface GameRules extends BoardSize, BuildingOptions {
  readonly nWalls: number
}

/** @throws AgonError `builder/action` for what is no cell of the board */
export function checkCell(action: number, { height, width }: BoardSize): void {
  const cells = height * width
  if (Number.isInteger(action) && action >= 0 && action < cells) return
  throw new AgonError('builder/action', `action ${action} is not a cell 0 to ${cells - 1}`)
}

/**
 * The level of a whole episode.
 * @throws AgonError `builder/unfinished` for another number of actions, `builder/action`
 */
export function levelOf(
  game: BoardGame,
  size: BoardSize,
  seed: number,
  actions: ArrayLike<number>,
): MazeLevel {
  if (actions.length !== game.steps)
    throw new AgonError('builder/unfinished', `${actions.length} of ${game.steps} steps are taken`)
  for (let i = 0; i < actions.length; i++) checkCell(actions[i], size)
  const { height, width } = size
  return { height, width, ...game.board(seed, actions, game.steps) }
}
