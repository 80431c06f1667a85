import { RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'

/** Columns of a player, left team first; entries of players whom a team has not got mean nothing. */
export const PLAYERS = 22
export const TEAM_PLAYERS = 11

/** Nothing is known, as in the last row of a game. */
export const NO_ACTION = -1

/**
 * A game as it went: one row per observation, the first before the first step. Row r holds what was seen and then done;
 * nothing is done in the last one. Everything is in field axes: the left team plays to the right.
 */
export interface GameRecording {
  readonly rows: number
  /** float32 `[rows, 205]`: raw rows as nobody's in particular. */
  readonly raw: Float32Array
  /** int8 `[rows, 22]`: ids of the action set "v2". */
  readonly actions: Int8Array
  /** uint16 `[rows, 22]`: bit k is sticky action k (eight directions, sprint, dribble). */
  readonly sticky: Uint16Array
  /** int8 `[rows, 2]`: the key player of each team; −1 where nobody knows. */
  readonly designated: Int8Array
}

/** The same whatever side plays: 1 … 8 turned by half a circle. */
export function turnedAction(action: number): number {
  return action >= 1 && action <= 8 ? ((action + 3) % 8) + 1 : action
}

/** Takes a game down row after row. */
export class GameRecorder {
  #rows = 0
  #raw = new Float32Array(64 * RAW_ROW_WIDTH)
  #actions = new Int8Array(64 * PLAYERS)
  #sticky = new Uint16Array(64 * PLAYERS)
  #designated = new Int8Array(64 * 2)

  /**
   * @param raw float64 `[205]`
   * @param sticky `[22]` @param designated `[2]`; read during the call
   */
  observe(raw: Float64Array, sticky: Uint16Array, designated: Int8Array): void {
    if (this.#rows * RAW_ROW_WIDTH === this.#raw.length) this.#grow()
    this.#raw.set(raw, this.#rows * RAW_ROW_WIDTH)
    this.#sticky.set(sticky, this.#rows * PLAYERS)
    this.#designated.set(designated, this.#rows * 2)
    this.#actions.fill(NO_ACTION, this.#rows * PLAYERS, (this.#rows + 1) * PLAYERS)
    this.#rows++
  }

  /** What is done in the row observed last. @param actions `[22]` */
  act(actions: Int8Array): void {
    this.#actions.set(actions, (this.#rows - 1) * PLAYERS)
  }

  /** The game so far; its arrays are its own. */
  recording(): GameRecording {
    const rows = this.#rows
    return {
      rows,
      raw: this.#raw.slice(0, rows * RAW_ROW_WIDTH),
      actions: this.#actions.slice(0, rows * PLAYERS),
      sticky: this.#sticky.slice(0, rows * PLAYERS),
      designated: this.#designated.slice(0, rows * 2),
    }
  }

  #grow(): void {
    const grown = <T extends Float32Array | Int8Array | Uint16Array>(from: T, into: T): T => {
      into.set(from)
      return into
    }
    this.#raw = grown(this.#raw, new Float32Array(2 * this.#raw.length))
    this.#actions = grown(this.#actions, new Int8Array(2 * this.#actions.length))
    this.#sticky = grown(this.#sticky, new Uint16Array(2 * this.#sticky.length))
    this.#designated = grown(this.#designated, new Int8Array(2 * this.#designated.length))
  }
}
