import { AgonError } from '../../core/errors.ts'
import type { TypedArray } from '../../core/tensor.ts'
import type { AutoReset, LevelSource, StepBuffers, VectorEnv, VectorOptions } from '../contract.ts'
import { checkLane, checkResetLanes, checkVectorOptions, notReset } from '../vector-checks.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { FRUITS, type Fruit, type FruitLevel, findDefect, isOpen, onBoard } from './level.ts'
import type { FruitChoiceOptions } from './options.ts'

type Outputs = Readonly<Record<string, TypedArray>>

export const ACTION_NAMES = ['up', 'right', 'down', 'left', 'eat'] as const
const EAT = 4
const DX = [0, 1, 0, -1] as const
const DY = [-1, 0, 1, 0] as const
/** Planes of the image: wall, apple, banana. */
export const PLANES = 3

interface Board {
  level: FruitLevel
  x: number
  y: number
  time: number
  /** Over, and nothing follows (`none`). */
  ended: boolean
}

/** Choices of fruit side by side. A step allocates nothing. */
export class FruitVectorEnv implements VectorEnv<FruitLevel> {
  readonly slots: number
  readonly #options: FruitChoiceOptions
  readonly #autoReset: AutoReset
  readonly #nextLevel: LevelSource<FruitLevel> | undefined
  readonly #boards: (Board | undefined)[]

  constructor(rules: FruitChoiceOptions, options: VectorOptions<FruitLevel>) {
    checkVectorOptions(options)
    this.slots = options.slots
    this.#options = rules
    this.#autoReset = options.autoReset
    this.#nextLevel = options.nextLevel
    this.#boards = new Array<Board | undefined>(options.slots).fill(undefined)
  }

  reset(lanes: ArrayLike<number>, levels: readonly FruitLevel[], out: Outputs): void {
    checkResetLanes(lanes, levels.length, this.slots)
    for (let i = 0; i < lanes.length; i++) {
      this.#begin(lanes[i], levels[i])
      this.#observe(lanes[i], out)
    }
  }

  #begin(lane: number, level: FruitLevel): void {
    const defect = findDefect(level)
    if (defect !== null) throw new AgonError('level/invalid', defect)
    const { x, y } = onBoard(level.side, 0, level.agent)
    const board = this.#boards[lane]
    if (board === undefined) this.#boards[lane] = { level, x, y, time: 0, ended: false }
    else Object.assign(board, { level, x, y, time: 0, ended: false })
  }

  step(actions: Int32Array, out: StepBuffers): void {
    const { rewards, terminated, truncated } = out
    for (let lane = 0; lane < this.slots; lane++) {
      const board = this.#at(lane)
      rewards[lane] = 0
      truncated[lane] = 0
      terminated[lane] = 1
      if (!board.ended) {
        rewards[lane] = this.#act(board, actions[lane], lane)
        // Above the limit alone is an end without a fruit: a rule of the game, as in mazes.
        const over = board.ended || ++board.time >= this.#options.maxSteps
        terminated[lane] = over ? 1 : 0
        board.ended = over
        if (over && this.#autoReset !== 'none') this.#startNext(lane, board)
      }
      this.#observe(lane, out.observations)
    }
  }

  /** The reward of one action, after which the board may be over. */
  #act(board: Board, action: number, lane: number): number {
    if (!(action >= 0 && action < ACTION_NAMES.length))
      throw new AgonError('env/action', `lane ${lane} got action ${action}, there are 0 to ${EAT}`)
    const { level, x, y } = board
    if (action !== EAT) {
      if (!isOpen(level, x + DX[action], y + DY[action])) return 0
      board.x += DX[action]
      board.y += DY[action]
      return 0
    }
    for (const fruit of FRUITS) {
      if (!stands(level, fruit, x, y)) continue
      board.ended = true
      const { wrongReward, appleReward, bananaReward } = this.#options
      if (fruit !== level.right) return wrongReward
      return fruit === 'apple' ? appleReward : bananaReward
    }
    return 0
  }

  #startNext(lane: number, { level }: Board): void {
    this.#begin(lane, this.#autoReset === 'same-level' ? level : this.#nextLevel!(lane))
  }

  #observe(lane: number, out: Outputs): void {
    const { level, x, y } = this.#at(lane)
    const { view } = this.#options
    const half = view >> 1
    const image = out.image as Uint8Array
    let at = lane * view * view * PLANES
    for (let row = y - half; row <= y + half; row++)
      for (let column = x - half; column <= x + half; column++) {
        image[at++] = isOpen(level, column, row) ? 0 : 1
        image[at++] = stands(level, 'apple', column, row) ? 1 : 0
        image[at++] = stands(level, 'banana', column, row) ? 1 : 0
      }
  }

  #at(lane: number): Board {
    const board = this.#boards[lane]
    if (board === undefined) throw notReset(lane)
    return board
  }

  maxSteps(lane: number): number {
    this.#at(lane)
    return this.#options.maxSteps
  }

  save(lane: number): Uint8Array {
    return encodeState(this.#at(lane))
  }

  load(lane: number, state: Uint8Array, out: Outputs): void {
    checkLane(lane, this.slots)
    this.#boards[lane] = { ...decodeState(state) }
    this.#observe(lane, out)
  }
}

function stands(level: FruitLevel, fruit: Fruit, x: number, y: number): boolean {
  const cell = fruit === 'apple' ? level.apple : level.banana
  const { side, doors } = level
  return x === doors.length * (side + 1) + (cell % side) && y === Math.floor(cell / side)
}

const VERSION = 1
const HEADER = 10

/** `u8 version = 1 · u8 ended · u16 x · u16 y · u32 time · level`, little-endian. */
function encodeState({ level, x, y, time, ended }: Board): Uint8Array {
  const bytes = new Uint8Array(HEADER)
  const view = new DataView(bytes.buffer)
  bytes[0] = VERSION
  bytes[1] = ended ? 1 : 0
  view.setUint16(2, x, true)
  view.setUint16(4, y, true)
  view.setUint32(6, time, true)
  return Uint8Array.of(...bytes, ...encodeLevel(level))
}

/** @throws AgonError `state/corrupt`, `level/corrupt` */
export function decodeState(bytes: Uint8Array): Readonly<Board> {
  const corrupt = new AgonError('state/corrupt', 'this is no saved choice of fruit')
  if (bytes.length < HEADER || bytes[0] !== VERSION || bytes[1] > 1) throw corrupt
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const level = decodeLevel(bytes.subarray(HEADER))
  const [x, y] = [view.getUint16(2, true), view.getUint16(4, true)]
  if (!isOpen(level, x, y)) throw corrupt
  return { level, x, y, time: view.getUint32(6, true), ended: bytes[1] === 1 }
}
