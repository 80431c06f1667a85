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
import { checkResetSlots, checkSlot, checkVectorOptions, notReset } from '../../vector-checks.ts'
import { type BoardGame, checkCell } from './board-game.ts'
import { type BoardView, boardShape, writeBoard } from './board-image.ts'
import type { BuildingStart } from './starts.ts'

const HEADER = 9

interface Slot {
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
  readonly #slots: readonly Slot[]

  constructor(game: BoardGame, view: BoardView, options: VectorOptions<BuildingStart>) {
    checkVectorOptions(options)
    const { slots, autoReset, nextLevel } = options
    this.slots = slots
    this.#game = game
    this.#view = view
    this.#imageSize = elementCount(boardShape(view))
    this.#autoReset = autoReset
    this.#nextLevel = nextLevel
    this.#slots = Array.from({ length: slots }, () => ({
      ...{ seed: 0, time: 0, status: 'empty' as const },
      actions: new Int32Array(game.steps),
    }))
  }

  reset(slots: ArrayLike<number>, levels: readonly BuildingStart[], out: Observations): void {
    checkResetSlots(slots, levels.length, this.slots)
    for (let i = 0; i < slots.length; i++) {
      this.#begin(slots[i], levels[i])
      this.#observe(slots[i], out)
    }
  }

  #begin(slot: number, { seed }: BuildingStart): void {
    const of = this.#slots[slot]
    of.seed = seed
    of.time = 0
    of.actions.fill(0)
    of.status = 'running'
  }

  step(actions: Int32Array, out: StepBuffers): void {
    for (let slot = 0; slot < this.slots; slot++) {
      const of = this.#slots[slot]
      if (of.status === 'empty') throw notReset(slot)
      out.rewards[slot] = 0
      out.truncated[slot] = 0
      out.terminated[slot] = 1
      if (of.status === 'ended') continue
      checkCell(actions[slot], this.#view)
      of.actions[of.time++] = actions[slot]
      if (of.time < this.#game.steps) out.terminated[slot] = 0
      else this.#end(slot)
    }
    for (let slot = 0; slot < this.slots; slot++) this.#observe(slot, out.observations)
  }

  #end(slot: number): void {
    const of = this.#slots[slot]
    if (this.#autoReset === 'none') of.status = 'ended'
    else if (this.#autoReset === 'same-level') this.#begin(slot, of)
    else this.#begin(slot, this.#nextLevel!(slot))
  }

  #observe(slot: number, out: Observations): void {
    const { seed, actions, time } = this.#slots[slot]
    const board = this.#game.board(seed, actions, time)
    writeBoard(this.#view, board, out.image as Uint8Array, slot * this.#imageSize)
    const times = out.time as Int32Array
    times[slot] = time
    const { noise } = this.#game
    if (noise === 0) return
    const random = stream(seed, 'building', 'noise', time)
    const seen = out.random_z as Float32Array
    for (let i = 0; i < noise; i++) seen[slot * noise + i] = random.uniform()
  }

  maxSteps(): number {
    return this.#game.steps
  }

  /** `u32 seed · u32 time · u8 ended · u32 action …`, little-endian. */
  save(slot: number): Uint8Array {
    const { seed, actions, time, status } = this.#slots[slot]
    if (status === 'empty') throw notReset(slot)
    const bytes = new Uint8Array(HEADER + 4 * time)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, seed, true)
    view.setUint32(4, time, true)
    view.setUint8(8, status === 'ended' ? 1 : 0)
    for (let t = 0; t < time; t++) view.setUint32(HEADER + 4 * t, actions[t], true)
    return bytes
  }

  load(slot: number, state: Uint8Array, out: Observations): void {
    checkSlot(slot, this.slots)
    const view = new DataView(state.buffer, state.byteOffset, state.byteLength)
    const time = state.length < HEADER ? -1 : view.getUint32(4, true)
    const { steps } = this.#game
    const whole = time >= 0 && time <= steps && state.length === HEADER + 4 * time
    if (!whole || view.getUint8(8) !== (time === steps ? 1 : 0))
      throw new AgonError('state/corrupt', 'this is not a saved level-building game')
    const played = Array.from({ length: time }, (_, t) => view.getUint32(HEADER + 4 * t, true))
    for (const action of played) checkCell(action, this.#view)
    this.#begin(slot, { seed: view.getUint32(0, true) })
    const of = this.#slots[slot]
    of.actions.set(played)
    of.time = time
    if (time === steps) of.status = 'ended'
    this.#observe(slot, out)
  }
}
