import { elementCount, type TypedArray } from '../../core/tensor.ts'
import type {
  ActionArray,
  StepBuffers,
  SteppableEnvironment,
  VectorEnv,
  VectorOptions,
} from '../contract.ts'
import type { MazeLevel } from '../maze/index.ts'

type Outputs = Readonly<Record<string, TypedArray>>

/** Codes of MiniGrid, as the image has them. */
const EMPTY = 1
const GOAL = 8

/** Mazes whose image shows an empty cell where the goal is. A step allocates nothing. */
export class HiddenGoalVectorEnv implements VectorEnv<MazeLevel> {
  readonly slots: number
  readonly #mazes: VectorEnv<MazeLevel>
  /** Bytes of an image, from one cell to the next, and from one of its planes to the next. */
  readonly #size: number
  readonly #pixel: number
  readonly #plane: number

  /** @param planes whether images have their channels first */
  constructor(
    mazes: SteppableEnvironment<MazeLevel>,
    planes: boolean,
    options: VectorOptions<MazeLevel>,
  ) {
    const { shape } = mazes.spec.observations.image
    this.slots = options.slots
    this.#mazes = mazes.vector(options)
    this.#size = elementCount(shape)
    this.#pixel = planes ? 1 : 3
    this.#plane = planes ? this.#size / 3 : 1
  }

  reset(lanes: ArrayLike<number>, levels: readonly MazeLevel[], out: Outputs): void {
    this.#mazes.reset(lanes, levels, out)
    for (let i = 0; i < lanes.length; i++) this.#hide(lanes[i], out)
  }

  step(actions: ActionArray, out: StepBuffers): void {
    this.#mazes.step(actions, out)
    for (let lane = 0; lane < this.slots; lane++) this.#hide(lane, out.observations)
  }

  #hide(lane: number, out: Outputs): void {
    const image = out.image as Uint8Array
    const from = lane * this.#size
    for (let cell = 0; cell < this.#size / 3; cell++) {
      const at = from + cell * this.#pixel
      if (image[at] !== GOAL) continue
      image[at] = EMPTY
      image[at + this.#plane] = 0
      image[at + 2 * this.#plane] = 0
    }
  }

  maxSteps(lane: number): number {
    return this.#mazes.maxSteps(lane)
  }

  save(lane: number): Uint8Array {
    return this.#mazes.save(lane)
  }

  load(lane: number, state: Uint8Array, out: Outputs): void {
    this.#mazes.load(lane, state, out)
    this.#hide(lane, out)
  }
}
