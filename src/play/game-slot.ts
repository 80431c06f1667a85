import { BUILTIN_AI } from '../envs/football/actions.ts'
import { RAW_ROW, RAW_ROW_WIDTH } from '../envs/football/observe/raw-row.ts'
import type { GameResult, Goal } from './contract.ts'
import {
  GameRecorder,
  type GameRecording,
  PLAYERS,
  TEAM_PLAYERS,
  turnedAction,
} from './record/recording.ts'
import type { Place } from './seating.ts'

const STICKY_DIRECTIONS = 8
const STICKY = 10

/** One game under way: its score, its steps and, if it is taken down, its record. */
export class GameSlot {
  readonly index: number
  readonly number: number
  readonly #recorder: GameRecorder | undefined
  readonly #places: readonly Place[]
  readonly #goals: Goal[] = []
  readonly #score: [number, number] = [0, 0]
  readonly #sticky = new Uint16Array(PLAYERS)
  readonly #designated = new Int8Array(2)
  readonly #actions = new Int8Array(PLAYERS)
  #steps = 0

  constructor(index: number, number: number, places: readonly Place[], recorded: boolean) {
    this.index = index
    this.number = number
    this.#places = places
    this.#recorder = recorded ? new GameRecorder() : undefined
  }

  get recorded(): boolean {
    return this.#recorder !== undefined
  }

  get steps(): number {
    return this.#steps
  }

  /**
   * What is seen now.
   * @param watched float64 `[205]` in field axes
   * @param agents float64 `[agents, 205]`, each in its own view
   */
  observe(watched: Float64Array, agents: Float64Array): void {
    this.#sticky.fill(0)
    this.#designated.fill(-1)
    this.#places.forEach(({ team, player }, agent) => {
      const from = agent * RAW_ROW_WIDTH
      this.#designated[team] = agents[from + RAW_ROW.designated]
      this.#sticky[team * TEAM_PLAYERS + player] = stickyBits(agents, from, team)
    })
    this.#recorder?.observe(watched, this.#sticky, this.#designated)
  }

  /** What is done now. @param actions int32 `[agents]`, each in its own view */
  act(actions: Int32Array): void {
    this.#actions.fill(BUILTIN_AI)
    this.#places.forEach(({ team, player }, agent) => {
      const action = actions[agent]
      this.#actions[team * TEAM_PLAYERS + player] = team === 0 ? action : turnedAction(action)
    })
    this.#recorder?.act(this.#actions)
  }

  /** A step was played. */
  count(left: number, right: number): void {
    this.#steps++
    const now = [left, right]
    for (const team of [0, 1] as const)
      for (; this.#score[team] < now[team]; this.#score[team]++)
        this.#goals.push({ step: this.#steps, team })
  }

  result(end: GameResult['end']): GameResult {
    const { index, number } = this
    const score = [this.#score[0], this.#score[1]] as const
    return { index, number, score, goals: this.#goals, steps: this.#steps, end }
  }

  recording(): GameRecording | undefined {
    return this.#recorder?.recording()
  }
}

/** Bits in field axes: an agent on the right sees its own directions turned by half a circle. */
function stickyBits(agents: Float64Array, from: number, team: 0 | 1): number {
  let bits = 0
  for (let k = 0; k < STICKY; k++) {
    if (agents[from + RAW_ROW.stickyActions + k] === 0) continue
    const turned = team === 1 && k < STICKY_DIRECTIONS ? (k + 4) % STICKY_DIRECTIONS : k
    bits |= 1 << turned
  }
  return bits
}
