import type { GameResult, Goal } from './contract.ts'
import type { AgentsRecorder } from './record/agents-recorder.ts'

/** One game under way: its steps and goals, and its record, if it is taken down. */
export class GameLane {
  readonly index: number
  readonly number: number
  readonly recorder: AgentsRecorder | undefined
  readonly #goals: Goal[] = []
  readonly #score: [number, number] = [0, 0]
  #steps = 0

  constructor(index: number, number: number, recorder: AgentsRecorder | undefined) {
    this.index = index
    this.number = number
    this.recorder = recorder
  }

  get steps(): number {
    return this.#steps
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
}
