import { BUILTIN_AI } from '../../envs/football/actions.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../../envs/football/observe/raw-row.ts'
import {
  GameRecorder,
  type GameRecording,
  PLAYERS,
  TEAM_PLAYERS,
  turnedAction,
} from './recording.ts'

const DIRECTIONS = 8
const STICKY = 10

/**
 * Takes a game down as its agents see it and act in it. Which player an agent has may change as the game goes on, so
 * it is read anew from what he sees; everybody else is the built-in AI's.
 */
export class AgentsRecorder {
  readonly #recorder = new GameRecorder()
  readonly #left: number
  /** The column of each agent's player now, −1 for none. */
  readonly #columns: Int32Array
  readonly #sticky = new Uint16Array(PLAYERS)
  readonly #designated = new Int8Array(2)
  readonly #actions = new Int8Array(PLAYERS)

  constructor([left, right]: readonly [left: number, right: number]) {
    this.#left = left
    this.#columns = new Int32Array(left + right)
  }

  /**
   * What is seen now.
   * @param watched float64 `[205]` in field axes
   * @param rows float64 `[agents, 205]`, each in its agent's own view
   */
  observe(watched: Float64Array, rows: Float64Array): void {
    this.#sticky.fill(0)
    this.#designated.fill(-1)
    for (let agent = 0; agent < this.#columns.length; agent++) {
      const team = agent < this.#left ? 0 : 1
      const from = agent * RAW_ROW_WIDTH
      const player = rows[from + RAW_ROW.active]
      this.#columns[agent] = player < 0 ? -1 : team * TEAM_PLAYERS + player
      if (player < 0) continue
      this.#sticky[this.#columns[agent]] = stickyBits(rows, from, team)
      this.#designated[team] = rows[from + RAW_ROW.designated]
    }
    this.#recorder.observe(watched, this.#sticky, this.#designated)
  }

  /** What is done now. @param actions int32 `[agents]`, each in its agent's own view */
  act(actions: Int32Array): void {
    this.#actions.fill(BUILTIN_AI)
    for (let agent = 0; agent < this.#columns.length; agent++) {
      const column = this.#columns[agent]
      const action = agent < this.#left ? actions[agent] : turnedAction(actions[agent])
      if (column >= 0) this.#actions[column] = action
    }
    this.#recorder.act(this.#actions)
  }

  recording(): GameRecording {
    return this.#recorder.recording()
  }
}

/** Sticky actions in field axes, bit k for action k: an agent on the right sees directions turned by half a circle. */
function stickyBits(rows: Float64Array, from: number, team: 0 | 1): number {
  let bits = 0
  for (let k = 0; k < STICKY; k++) {
    if (rows[from + RAW_ROW.stickyActions + k] === 0) continue
    const turned = team === 1 && k < DIRECTIONS ? (k + DIRECTIONS / 2) % DIRECTIONS : k
    bits |= 1 << turned
  }
  return bits
}
