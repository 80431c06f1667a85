import type { Direction } from '../level.ts'
import type { BuildingOptions } from './options.ts'

/** The rules of a level-building game: a builder names one cell of the board at a time, and after `steps` of them a maze stands. */
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
