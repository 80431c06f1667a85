import type { RowLayout } from './row-layout.ts'

const HEADER_BYTES = 64

/**
 * One batch in memory that two threads share. They take turns and need no locks: the server fills the inputs, says so
 * through a port, and does not touch the memory until the worker says that the outputs are there.
 */
export class BatchSlot {
  readonly memory: SharedArrayBuffer
  /** Each with room for `capacity` rows. */
  readonly inputs: readonly Uint8Array[]
  readonly outputs: readonly Uint8Array[]
  readonly #rows: Int32Array
  readonly #computeMs: Float64Array

  /** @param memory that of the other side; fresh where none is given */
  constructor(
    layout: RowLayout,
    memory: SharedArrayBuffer = new SharedArrayBuffer(HEADER_BYTES + layout.bytes),
  ) {
    this.memory = memory
    this.#rows = new Int32Array(memory, 0, 1)
    this.#computeMs = new Float64Array(memory, 8, 1)
    const region = ({ offset, rowBytes }: RowLayout['inputs'][number]): Uint8Array =>
      new Uint8Array(memory, HEADER_BYTES + offset, layout.capacity * rowBytes)
    this.inputs = layout.inputs.map(region)
    this.outputs = layout.outputs.map(region)
  }

  /** Rows that are filled. */
  get rows(): number {
    return this.#rows[0]
  }

  set rows(rows: number) {
    this.#rows[0] = rows
  }

  /** How long the graph ran, milliseconds. */
  get computeMs(): number {
    return this.#computeMs[0]
  }

  set computeMs(ms: number) {
    this.#computeMs[0] = ms
  }
}
