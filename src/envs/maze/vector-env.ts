import { AgonError } from '../../core/errors.ts'
import { elementCount, type TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { checkResetSlots, checkSlot, checkVectorOptions, notReset } from '../vector-checks.ts'
import { FREE, isDistractor, isGoal } from './cell-code.ts'
import { findMisfit, type ImageRules, ImageWriter, imageShape } from './image.ts'
import { assertWellFormed, type MazeLevel } from './level.ts'
import { goalReward } from './metrics.ts'
import { SlotGrids } from './slot-grids.ts'
import { decodeState, encodeState } from './slot-state.ts'

/** `height` × `width` is the interior for which memory is set aside; larger levels make it grow. */
export interface MazeRules extends ImageRules {
  /** Step limit of levels that have none of their own. */
  readonly maxSteps: number
  readonly timePenalty: boolean
  readonly observePosition: boolean
}

const TURN_LEFT = 0
const TURN_RIGHT = 1
const FORWARD = 2
export const ACTION_NAMES = [
  'left',
  'right',
  'forward',
  'pickup',
  'drop',
  'toggle',
  'done',
] as const

const EMPTY = 0
const RUNNING = 1
const ENDED = 2

/** Mazes side by side; state is one typed array per field, indexed by slot. A step allocates nothing. */
export class MazeVectorEnv implements VectorEnv<MazeLevel> {
  readonly slots: number
  readonly #rules: MazeRules
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<MazeLevel> | undefined
  readonly #grids: SlotGrids
  readonly #levels: (MazeLevel | undefined)[]
  readonly #status: Uint8Array
  /** Indices into the grids' codes. */
  readonly #position: Int32Array
  readonly #direction: Uint8Array
  readonly #time: Int32Array
  readonly #limit: Int32Array
  readonly #imageSize: number
  #writer: ImageWriter
  /** Position steps of the four directions. */
  readonly #ahead = new Int32Array(4)

  constructor(rules: MazeRules, options: VectorOptions<MazeLevel>) {
    const { slots, autoReset, nextLevel } = options
    checkVectorOptions(options)
    this.slots = slots
    this.#rules = rules
    this.#autoReset = autoReset
    this.#nextLevel = nextLevel
    this.#grids = new SlotGrids(slots, rules.view, rules.height, rules.width)
    this.#levels = new Array<MazeLevel | undefined>(slots).fill(undefined)
    this.#status = new Uint8Array(slots)
    this.#position = new Int32Array(slots)
    this.#direction = new Uint8Array(slots)
    this.#time = new Int32Array(slots)
    this.#limit = new Int32Array(slots)
    this.#imageSize = elementCount(imageShape(rules))
    this.#writer = new ImageWriter(rules, this.#grids.stride)
    this.#setAhead()
  }

  #setAhead(): void {
    const { stride } = this.#grids
    this.#ahead.set([1, stride, -1, -stride])
  }

  reset(
    slots: ArrayLike<number>,
    levels: readonly MazeLevel[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    checkResetSlots(slots, levels.length, this.slots)
    for (const level of levels) this.#check(level)
    for (let i = 0; i < slots.length; i++) {
      this.#place(slots[i], levels[i])
      this.#restart(slots[i], levels[i])
    }
    for (let i = 0; i < slots.length; i++) this.#observe(slots[i], out)
  }

  #check(level: MazeLevel): void {
    assertWellFormed(level)
    const misfit = findMisfit(level, this.#rules)
    if (misfit !== null)
      throw new AgonError('level/invalid', misfit.message, {
        place: misfit.place,
        remedy: 'raise height and width, or observe a view',
      })
  }

  /** Puts a checked level into a slot. */
  #place(slot: number, level: MazeLevel): void {
    this.#levels[slot] = level
    this.#limit[slot] = level.maxSteps ?? this.#rules.maxSteps
    if (this.#grids.fits(level)) this.#grids.load(slot, level)
    else this.#grow(slot, level)
  }

  #grow(placed: number, level: MazeLevel): void {
    const grids = this.#grids
    const cells = this.#levels.map((other, slot) =>
      other === undefined || slot === placed ? 0 : grids.cell(slot, other, this.#position[slot]),
    )
    grids.grow(level)
    this.#levels.forEach((other, slot) => {
      if (other === undefined) return
      grids.load(slot, other)
      this.#position[slot] = grids.position(slot, other, cells[slot])
    })
    this.#writer = new ImageWriter(this.#rules, grids.stride)
    this.#setAhead()
  }

  /** To the first step of the level in `slot`. */
  #restart(slot: number, level: MazeLevel): void {
    this.#status[slot] = RUNNING
    this.#position[slot] = this.#grids.position(slot, level, level.agent)
    this.#direction[slot] = level.direction
    this.#time[slot] = 0
  }

  step(actions: Int32Array, out: StepBuffers): void {
    const { rewards, terminated, truncated } = out
    const status = this.#status
    const directions = this.#direction
    const positions = this.#position
    const grids = this.#grids
    for (let slot = 0; slot < this.slots; slot++) {
      rewards[slot] = 0
      truncated[slot] = 0
      if (status[slot] !== RUNNING) {
        if (status[slot] === EMPTY) throw notReset(slot)
        terminated[slot] = 1
        continue
      }
      const action = actions[slot]
      let hit = FREE
      if (action === FORWARD) {
        const next = positions[slot] + this.#ahead[directions[slot]]
        hit = grids.codes[next]
        if (hit === FREE) positions[slot] = next
      } else if (action === TURN_LEFT) directions[slot] = (directions[slot] + 3) & 3
      else if (action === TURN_RIGHT) directions[slot] = (directions[slot] + 1) & 3
      else if (!(action >= 0 && action < ACTION_NAMES.length)) throw unknownAction(slot, action)
      const time = ++this.#time[slot]
      const solved = isGoal(hit)
      const done = solved || time >= this.#limit[slot] || isDistractor(hit)
      terminated[slot] = done ? 1 : 0
      if (solved) rewards[slot] = goalReward(time, this.#limit[slot], this.#rules.timePenalty)
      if (!done) continue
      if (this.#autoReset === 'none') status[slot] = ENDED
      else this.#startNext(slot)
    }
    this.#observeAll(out.observations)
  }

  #startNext(slot: number): void {
    if (this.#autoReset === 'same-level') {
      this.#restart(slot, this.#levels[slot]!)
      return
    }
    const level = this.#nextLevel!(slot)
    this.#check(level)
    this.#place(slot, level)
    this.#restart(slot, level)
  }

  #observeAll(out: Readonly<Record<string, TypedArray>>): void {
    for (let slot = 0; slot < this.slots; slot++) this.#observe(slot, out)
  }

  #observe(slot: number, out: Readonly<Record<string, TypedArray>>): void {
    const level = this.#levels[slot]!
    const position = this.#position[slot]
    const direction = this.#direction[slot]
    const image = out.image as Uint8Array
    const { codes } = this.#grids
    const at = slot * this.#imageSize
    if (this.#rules.observation === 'map')
      this.#writer.writeMap(
        this.#grids.position(slot, level, 0),
        codes,
        position,
        direction,
        image,
        at,
      )
    else {
      const occlusion = level.occlusion === true
      this.#writer.writeView(occlusion, codes, position, direction, image, at)
    }
    const directions = out.direction as Int32Array
    directions[slot] = direction
    if (!this.#rules.observePosition) return
    const cell = this.#grids.cell(slot, level, position)
    const positions = out.position as Int32Array
    positions[2 * slot] = cell % level.width
    positions[2 * slot + 1] = Math.floor(cell / level.width)
  }

  maxSteps(slot: number): number {
    if (this.#status[slot] === EMPTY) throw notReset(slot)
    return this.#limit[slot]
  }

  save(slot: number): Uint8Array {
    const level = this.#levels[slot]
    if (level === undefined) throw notReset(slot)
    return encodeState({
      level,
      cell: this.#grids.cell(slot, level, this.#position[slot]),
      direction: this.#direction[slot],
      time: this.#time[slot],
      ended: this.#status[slot] === ENDED,
    })
  }

  load(slot: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void {
    checkSlot(slot, this.slots)
    const { level, cell, direction, time, ended } = decodeState(state)
    this.#check(level)
    this.#place(slot, level)
    this.#position[slot] = this.#grids.position(slot, level, cell)
    this.#direction[slot] = direction
    this.#time[slot] = time
    this.#status[slot] = ended ? ENDED : RUNNING
    this.#observe(slot, out)
  }
}

const unknownAction = (slot: number, action: number): AgonError =>
  new AgonError('env/action', `slot ${slot} got action ${action}, there are 0 to 6`)
