import { AgonError } from '../../core/errors.ts'
import { FREE, GREEN_CUE, GREEN_DISTRACTOR, GREEN_GOAL, WALL } from './cell-code.ts'
import type { MazeLevel } from './level.ts'

/** Positions are int32. */
const MOST_CELLS = 2 ** 31 - 1

/**
 * The mazes of all lanes as cell codes in one buffer, each framed by so many walls that no view and no step leaves it.
 * Rows share their frame: what is right of one row is left of the next.
 */
export class LaneGrids {
  readonly #lanes: number
  readonly #frame: number
  /** Largest interior that fits; it only grows. */
  #height: number
  #width: number
  /** uint8 `[lanes, area]` of cell codes. */
  codes: Uint8Array
  /** Cells from one row to the next. */
  stride = 0
  #area = 0
  #origin = 0

  constructor(lanes: number, view: number, height: number, width: number) {
    this.#lanes = lanes
    this.#frame = view - 1
    this.#height = height
    this.#width = width
    this.codes = this.#allocate()
  }

  #allocate(): Uint8Array {
    this.stride = this.#width + this.#frame
    this.#origin = this.#frame * this.stride + this.#frame
    this.#area = (this.#height + 2 * this.#frame) * this.stride + this.#frame
    const cells = this.#lanes * this.#area
    if (cells > MOST_CELLS)
      throw new AgonError(
        'env/memory',
        `${this.#lanes} mazes of ${this.#height} × ${this.#width} need ${cells} cells, at most ${MOST_CELLS} fit`,
        { remedy: 'use fewer lanes or smaller mazes' },
      )
    return new Uint8Array(cells).fill(WALL)
  }

  fits(level: MazeLevel): boolean {
    return level.height <= this.#height && level.width <= this.#width
  }

  /** Makes room for `level`; all positions move and every lane must be loaded again. */
  grow(level: MazeLevel): void {
    this.#height = Math.max(this.#height, level.height)
    this.#width = Math.max(this.#width, level.width)
    this.codes = this.#allocate()
  }

  /** Index into `codes` of a cell of the maze in `lane`. */
  position(lane: number, level: MazeLevel, cell: number): number {
    const row = Math.floor(cell / level.width)
    return lane * this.#area + this.#origin + row * this.stride + (cell - row * level.width)
  }

  /** The inverse of {@link LaneGrids.position}. */
  cell(lane: number, level: MazeLevel, position: number): number {
    const offset = position - lane * this.#area - this.#origin
    const row = Math.floor(offset / this.stride)
    return row * level.width + (offset - row * this.stride)
  }

  load(lane: number, level: MazeLevel): void {
    const { codes, stride } = this
    const { height, width, walls, memory } = level
    codes.fill(WALL, lane * this.#area, (lane + 1) * this.#area)
    let cell = 0
    for (let row = 0; row < height; row++) {
      let at = lane * this.#area + this.#origin + row * stride
      for (let column = 0; column < width; column++) {
        if (walls[cell++] === 0) codes[at] = FREE
        at++
      }
    }
    // A red code is the green one plus 1; the goal with the lower index is the red one.
    const red = memory !== undefined && level.goal < memory.distractor ? 1 : 0
    codes[this.position(lane, level, level.goal)] = GREEN_GOAL + red
    if (memory === undefined) return
    codes[this.position(lane, level, memory.distractor)] = GREEN_DISTRACTOR + 1 - red
    codes[this.position(lane, level, memory.cue)] = GREEN_CUE + red
  }
}
