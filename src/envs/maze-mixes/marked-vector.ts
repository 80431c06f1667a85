import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { StepBuffers, SteppableEnvironment, VectorEnv, VectorOptions } from '../contract.ts'
import type { MazeLevel } from '../maze/index.ts'
import type { MarkedMaze } from './marked-maze.ts'

/** What is otherwise in an episode under the mark. */
export interface MarkedRules {
  /** The maze that is stepped for it. */
  played(maze: MazeLevel): MazeLevel
  /** Writes what the student sees over what the maze shows, in one lane's rows. */
  hide(lane: number, out: Readonly<Record<string, TypedArray>>): void
  /** The reward of the last step, from the maze's. */
  paid(reward: number): number
}

/** Mazes side by side, some of them under a mark. A step allocates nothing. */
export class MarkedVectorEnv implements VectorEnv<MarkedMaze> {
  readonly slots: number
  readonly #rules: MarkedRules
  readonly #mazes: VectorEnv<MazeLevel>
  /** By lane: 1 under the mark. */
  readonly #marked: Uint8Array
  /** By lane: whether the level that `next-level` gave has the mark. */
  readonly #next: Uint8Array
  /** By lane: 1 where the episode has ended and nothing follows. */
  readonly #over: Uint8Array
  readonly #stays: boolean

  constructor(
    mazes: SteppableEnvironment<MazeLevel>,
    rules: MarkedRules,
    options: VectorOptions<MarkedMaze>,
  ) {
    const { slots, autoReset, nextLevel, finals } = options
    this.slots = slots
    this.#rules = rules
    this.#marked = new Uint8Array(slots)
    this.#next = new Uint8Array(slots)
    this.#over = new Uint8Array(slots)
    this.#stays = autoReset === 'none'
    this.#mazes = mazes.vector({
      ...{ slots, autoReset },
      ...(finals === undefined ? {} : { finals }),
      ...(nextLevel === undefined
        ? {}
        : {
            nextLevel: (lane) => {
              const level = nextLevel(lane)
              this.#next[lane] = level.marked ? 1 : 0
              return this.#played(level)
            },
          }),
    })
  }

  #played({ marked, maze }: MarkedMaze): MazeLevel {
    return marked ? this.#rules.played(maze) : maze
  }

  reset(
    lanes: ArrayLike<number>,
    levels: readonly MarkedMaze[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    this.#mazes.reset(
      lanes,
      levels.map((level) => this.#played(level)),
      out,
    )
    for (let i = 0; i < lanes.length; i++) {
      this.#set(lanes[i], levels[i].marked ? 1 : 0)
      if (levels[i].marked) this.#rules.hide(lanes[i], out)
    }
  }

  #set(lane: number, marked: number, over = 0): void {
    this.#marked[lane] = marked
    this.#next[lane] = marked
    this.#over[lane] = over
  }

  step(actions: Int32Array, out: StepBuffers): void {
    this.#mazes.step(actions, out)
    const { rewards, terminated, observations } = out
    for (let lane = 0; lane < this.slots; lane++) {
      if (terminated[lane] === 1) {
        if (this.#marked[lane] === 1 && this.#over[lane] === 0)
          rewards[lane] = this.#rules.paid(rewards[lane])
        if (this.#stays) this.#over[lane] = 1
        this.#marked[lane] = this.#next[lane]
      }
      if (this.#marked[lane] === 1) this.#rules.hide(lane, observations)
    }
  }

  maxSteps(lane: number): number {
    return this.#mazes.maxSteps(lane)
  }

  /** The maze's state behind two bytes: under the mark, ended. */
  save(lane: number): Uint8Array {
    const state = this.#mazes.save(lane)
    return Uint8Array.of(this.#marked[lane], this.#over[lane], ...state)
  }

  load(lane: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void {
    if (state.length < 2 || state[0] > 1 || state[1] > 1)
      throw new AgonError('state/corrupt', 'the bytes are no saved lane of a mix of mazes')
    this.#mazes.load(lane, state.subarray(2), out)
    this.#set(lane, state[0], state[1])
    if (state[0] === 1) this.#rules.hide(lane, out)
  }
}
