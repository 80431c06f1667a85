import { AgonError } from '../../../core/errors.ts'
import { stream } from '../../../core/random.ts'
import { elementCount, type TypedArray } from '../../../core/tensor.ts'
import type {
  AutoReset,
  LevelSource,
  StepBuffers,
  VectorEnv,
  VectorOptions,
} from '../../contract.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../../vector-checks.ts'
import { type BoardGame, checkCell } from './board-game.ts'
import { type BoardView, boardShape, writeBoard } from './board-image.ts'
import type { BuildingStart } from './starts.ts'

const HEADER = 9

interface Lane {
  seed: number
  /** Int32 `[steps]`; those from `time` on are 0. */
  readonly actions: Int32Array
  time: number
  status: 'empty' | 'running' | 'ended'
}

type Observations = Readonly<Record<string, TypedArray>>

/**
 * Level-building games side by side. A board is made anew from its actions at every step: a game is as short as a level has
 * walls, and one is played where students take hundreds of steps.
 */
export class BuildingVectorEnv implements VectorEnv<BuildingStart> {
  readonly slots: number
  readonly #game: BoardGame
  readonly #view: BoardView
  readonly #imageSize: number
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<BuildingStart> | undefined
  readonly #lanes: readonly Lane[]

  constructor(game: BoardGame, view: BoardView, options: VectorOptions<BuildingStart>) {
    checkVectorOptions(options)
    const { slots, autoReset, nextLevel } = options
    this.slots = slots
    this.#game = game
    this.#view = view
    this.#imageSize = elementCount(boardShape(view))
    this.#autoReset = autoReset
    this.#nextLevel = nextLevel
    this.#lanes = Array.from({ length: slots }, () => ({
      ...{ seed: 0, time: 0, status: 'empty' as const },
      actions: new Int32Array(game.steps),
    }))
  }

  reset(lanes: ArrayLike<number>, levels: readonly BuildingStart[], out: Observations): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (let i = 0; i < lanes.length; i++) {
      this.#begin(lanes[i], levels[i])
      this.#observe(lanes[i], out)
    }
  }

  #begin(lane: number, { seed }: BuildingStart): void {
    const of = this.#lanes[lane]
    of.seed = seed
    of.time = 0
    of.actions.fill(0)
    of.status = 'running'
  }

  step(actions: Int32Array, out: StepBuffers): void {
    for (let lane = 0; lane < this.slots; lane++) {
      const of = this.#lanes[lane]
      if (of.status === 'empty') throw notReset(lane)
      out.rewards[lane] = 0
      out.truncated[lane] = 0
      out.terminated[lane] = 1
      if (of.status === 'ended') continue
      checkCell(actions[lane], this.#view)
      of.actions[of.time++] = actions[lane]
      if (of.time < this.#game.steps) out.terminated[lane] = 0
      else this.#end(lane)
    }
    for (let lane = 0; lane < this.slots; lane++) this.#observe(lane, out.observations)
  }

  #end(lane: number): void {
    const of = this.#lanes[lane]
    if (this.#autoReset === 'none') of.status = 'ended'
    else if (this.#autoReset === 'same-level') this.#begin(lane, of)
    else this.#begin(lane, this.#nextLevel!(lane))
  }

  #observe(lane: number, out: Observations): void {
    const { seed, actions, time } = this.#lanes[lane]
    const board = this.#game.board(seed, actions, time)
    writeBoard(this.#view, board, out.image as Uint8Array, lane * this.#imageSize)
    const times = out.time as Int32Array
    times[lane] = time
    const { noise } = this.#game
    if (noise === 0) return
    const random = stream(seed, 'building', 'noise', time)
    const seen = out.random_z as Float32Array
    for (let i = 0; i < noise; i++) seen[lane * noise + i] = random.uniform()
  }

  maxSteps(): number {
    return this.#game.steps
  }

  /** `u32 seed · u32 time · u8 ended · u32 action …`, little-endian. */
  save(lane: number): Uint8Array {
    const { seed, actions, time, status } = this.#lanes[lane]
    if (status === 'empty') throw notReset(lane)
    const bytes = new Uint8Array(HEADER + 4 * time)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, seed, true)
    view.setUint32(4, time, true)
    view.setUint8(8, status === 'ended' ? 1 : 0)
    for (let t = 0; t < time; t++) view.setUint32(HEADER + 4 * t, actions[t], true)
    return bytes
  }

  load(lane: number, state: Uint8Array, out: Observations): void {
    checkLane(lane, this.slots)
    const view = new DataView(state.buffer, state.byteOffset, state.byteLength)
    const time = state.length < HEADER ? -1 : view.getUint32(4, true)
    const { steps } = this.#game
    const whole = time >= 0 && time <= steps && state.length === HEADER + 4 * time
    if (!whole || view.getUint8(8) !== (time === steps ? 1 : 0))
      throw new AgonError('state/corrupt', 'this is not a saved level-building game')
    const played = Array.from({ length: time }, (_, t) => view.getUint32(HEADER + 4 * t, true))
    for (const action of played) checkCell(action, this.#view)
    this.#begin(lane, { seed: view.getUint32(0, true) })
    const of = this.#lanes[lane]
    of.actions.set(played)
    of.time = time
    if (time === steps) of.status = 'ended'
    this.#observe(lane, out)
  }
}
