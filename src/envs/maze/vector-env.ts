import { AgonError } from '../../core/errors.ts'
import { elementCount, type TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { FREE, isDistractor, isGoal } from './cell-code.ts'
import { findMisfit, type ImageRules, ImageWriter, imageShape } from './image.ts'
import { LaneGrids } from './lane-grids.ts'
import { decodeState, encodeState } from './lane-state.ts'
import { assertWellFormed, type MazeLevel } from './level.ts'
import { goalReward } from './metrics.ts'

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

/** Mazes side by side; state is one typed array per field, indexed by lane. A step allocates nothing. */
export class MazeVectorEnv implements VectorEnv<MazeLevel> {
  readonly slots: number
  readonly #rules: MazeRules
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<MazeLevel> | undefined
  readonly #grids: LaneGrids
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
    this.#grids = new LaneGrids(slots, rules.view, rules.height, rules.width)
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
    lanes: ArrayLike<number>,
    levels: readonly MazeLevel[],
    out: Readonly<Record<string, TypedArray>>,
  ): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (const level of levels) this.#check(level)
    for (let i = 0; i < lanes.length; i++) {
      this.#place(lanes[i], levels[i])
      this.#restart(lanes[i], levels[i])
    }
    for (let i = 0; i < lanes.length; i++) this.#observe(lanes[i], out)
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

  /** Puts a checked level into a lane. */
  #place(lane: number, level: MazeLevel): void {
    this.#levels[lane] = level
    this.#limit[lane] = level.maxSteps ?? this.#rules.maxSteps
    if (this.#grids.fits(level)) this.#grids.load(lane, level)
    else this.#grow(lane, level)
  }

  #grow(placed: number, level: MazeLevel): void {
    const grids = this.#grids
    const cells = this.#levels.map((other, lane) =>
      other === undefined || lane === placed ? 0 : grids.cell(lane, other, this.#position[lane]),
    )
    grids.grow(level)
    this.#levels.forEach((other, lane) => {
      if (other === undefined) return
      grids.load(lane, other)
      this.#position[lane] = grids.position(lane, other, cells[lane])
    })
    this.#writer = new ImageWriter(this.#rules, grids.stride)
    this.#setAhead()
  }

  /** To the first step of the level in `lane`. */
  #restart(lane: number, level: MazeLevel): void {
    this.#status[lane] = RUNNING
    this.#position[lane] = this.#grids.position(lane, level, level.agent)
    this.#direction[lane] = level.direction
    this.#time[lane] = 0
  }

  step(actions: Int32Array, out: StepBuffers): void {
    const { rewards, terminated, truncated } = out
    const status = this.#status
    const directions = this.#direction
    const positions = this.#position
    const grids = this.#grids
    for (let lane = 0; lane < this.slots; lane++) {
      rewards[lane] = 0
      truncated[lane] = 0
      if (status[lane] !== RUNNING) {
        if (status[lane] === EMPTY) throw notReset(lane)
        terminated[lane] = 1
        continue
      }
      const action = actions[lane]
      let hit = FREE
      if (action === FORWARD) {
        const next = positions[lane] + this.#ahead[directions[lane]]
        hit = grids.codes[next]
        if (hit === FREE) positions[lane] = next
      } else if (action === TURN_LEFT) directions[lane] = (directions[lane] + 3) & 3
      else if (action === TURN_RIGHT) directions[lane] = (directions[lane] + 1) & 3
      else if (!(action >= 0 && action < ACTION_NAMES.length)) throw unknownAction(lane, action)
      const time = ++this.#time[lane]
      const solved = isGoal(hit)
      const done = solved || time >= this.#limit[lane] || isDistractor(hit)
      terminated[lane] = done ? 1 : 0
      if (solved) rewards[lane] = goalReward(time, this.#limit[lane], this.#rules.timePenalty)
      if (!done) continue
      if (this.#autoReset === 'none') status[lane] = ENDED
      else this.#startNext(lane)
    }
    this.#observeAll(out.observations)
  }

  #startNext(lane: number): void {
    if (this.#autoReset === 'same-level') {
      this.#restart(lane, this.#levels[lane]!)
      return
    }
    const level = this.#nextLevel!(lane)
    this.#check(level)
    this.#place(lane, level)
    this.#restart(lane, level)
  }

  #observeAll(out: Readonly<Record<string, TypedArray>>): void {
    for (let lane = 0; lane < this.slots; lane++) this.#observe(lane, out)
  }

  #observe(lane: number, out: Readonly<Record<string, TypedArray>>): void {
    const level = this.#levels[lane]!
    const position = this.#position[lane]
    const direction = this.#direction[lane]
    const image = out.image as Uint8Array
    const { codes } = this.#grids
    const at = lane * this.#imageSize
    if (this.#rules.observation === 'map')
      this.#writer.writeMap(
        this.#grids.position(lane, level, 0),
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
    directions[lane] = direction
    if (!this.#rules.observePosition) return
    const cell = this.#grids.cell(lane, level, position)
    const positions = out.position as Int32Array
    positions[2 * lane] = cell % level.width
    positions[2 * lane + 1] = Math.floor(cell / level.width)
  }

  maxSteps(lane: number): number {
    if (this.#status[lane] === EMPTY) throw notReset(lane)
    return this.#limit[lane]
  }

  save(lane: number): Uint8Array {
    const level = this.#levels[lane]
    if (level === undefined) throw notReset(lane)
    return encodeState({
      level,
      cell: this.#grids.cell(lane, level, this.#position[lane]),
      direction: this.#direction[lane],
      time: this.#time[lane],
      ended: this.#status[lane] === ENDED,
    })
  }

  load(lane: number, state: Uint8Array, out: Readonly<Record<string, TypedArray>>): void {
    checkLane(lane, this.slots)
    const { level, cell, direction, time, ended } = decodeState(state)
    this.#check(level)
    this.#place(lane, level)
    this.#position[lane] = this.#grids.position(lane, level, cell)
    this.#direction[lane] = direction
    this.#time[lane] = time
    this.#status[lane] = ended ? ENDED : RUNNING
    this.#observe(lane, out)
  }
}

const unknownAction = (lane: number, action: number): AgonError =>
  new AgonError('env/action', `lane ${lane} got action ${action}, there are 0 to 6`)
