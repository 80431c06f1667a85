import { elementCount, type TypedArray, typedArray } from '../../../core/tensor.ts'
import type { Encoding, GameBatch } from '../native/contract.ts'
import { ENCODINGS } from '../native/encodings.ts'
import { BEGAN, type Observer, type Outputs, STANDS } from './observer.ts'

export const STACKED_FRAMES = 4

/**
 * The last four frames of an encoding side by side on the last axis, oldest first; the first frame of an episode
 * stands in all four places.
 */
export class StackedObserver implements Observer {
  readonly memoryBytes: number
  readonly #batch: GameBatch
  readonly #encoding: Encoding
  readonly #name: string
  readonly #agents: number
  /** 32-bit words of a cell of one frame: a mini-map's four bytes, or all numbers of a vector. */
  readonly #cellWords: number
  /** Words of a row of one frame. */
  readonly #frameWords: number
  readonly #frames: TypedArray
  readonly #frameView: Uint32Array
  readonly #stacks: TypedArray
  readonly #stackView: Uint32Array
  readonly #stackBytes: Uint8Array
  /** Numbers of a lane. */
  readonly #laneLength: number

  constructor(batch: GameBatch, name: string, encoding: Encoding) {
    const { dtype, shape } = ENCODINGS[encoding]
    this.#batch = batch
    this.#name = name
    this.#encoding = encoding
    this.#agents = batch.agents[0] + batch.agents[1]
    const rows = batch.games * this.#agents
    const width = elementCount(shape)
    this.#frames = typedArray(dtype, rows * width)
    this.#stacks = typedArray(dtype, rows * width * STACKED_FRAMES)
    const perWord = 4 / this.#frames.BYTES_PER_ELEMENT
    this.#frameWords = width / perWord
    this.#cellWords = shape[shape.length - 1] / perWord
    this.#frameView = wordsOf(this.#frames)
    this.#stackView = wordsOf(this.#stacks)
    this.#stackBytes = new Uint8Array(this.#stacks.buffer)
    this.#laneLength = this.#agents * width * STACKED_FRAMES
    this.memoryBytes = this.#laneLength * this.#stacks.BYTES_PER_ELEMENT
  }

  step(marks: Uint8Array, out: Outputs): void {
    this.#batch.observe(this.#encoding, this.#frames)
    for (let lane = 0; lane < this.#batch.games; lane++)
      if (marks[lane] !== STANDS) this.#push(lane, marks[lane] === BEGAN)
    out[this.#name].set(this.#stacks as never)
  }

  begin(lanes: ArrayLike<number>, out: Outputs): void {
    this.#pushed(lanes, true, out)
  }

  end(lanes: ArrayLike<number>, out: Outputs): void {
    this.#pushed(lanes, false, out)
  }

  #pushed(lanes: ArrayLike<number>, first: boolean, out: Outputs): void {
    this.#batch.observe(this.#encoding, this.#frames)
    for (let i = 0; i < lanes.length; i++) {
      this.#push(lanes[i], first)
      this.show(lanes[i], out)
    }
  }

  show(lane: number, out: Outputs): void {
    const from = lane * this.#laneLength
    out[this.#name].set(this.#stacks.subarray(from, from + this.#laneLength) as never, from)
  }

  #push(lane: number, first: boolean): void {
    const cell = this.#cellWords
    const cells = (this.#agents * this.#frameWords) / cell
    const frames = this.#frameView
    const stacks = this.#stackView
    const kept = (STACKED_FRAMES - 1) * cell
    let from = lane * this.#agents * this.#frameWords
    let at = from * STACKED_FRAMES
    for (let i = 0; i < cells; i++) {
      for (let word = 0; word < kept; word++)
        stacks[at + word] = first ? frames[from + (word % cell)] : stacks[at + word + cell]
      for (let word = 0; word < cell; word++) stacks[at + kept + word] = frames[from + word]
      from += cell
      at += cell * STACKED_FRAMES
    }
  }

  save(lane: number, into: Uint8Array): void {
    const from = lane * this.memoryBytes
    into.set(this.#stackBytes.subarray(from, from + this.memoryBytes))
  }

  load(lane: number, from: Uint8Array): void {
    this.#stackBytes.set(from, lane * this.memoryBytes)
  }
}

const wordsOf = ({ buffer, byteLength }: TypedArray): Uint32Array =>
  new Uint32Array(buffer, 0, byteLength / 4)
