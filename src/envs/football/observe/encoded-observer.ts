import { elementCount, type TypedArray, typedArray } from '../../../core/tensor.ts'
import type { Encoding, GameBatch } from '../native/contract.ts'
import { ENCODINGS } from '../native/encodings.ts'
import type { Observer, Outputs } from './observer.ts'

/** Rows as the native encoders write them, by the name of the observation. */
export class EncodedObserver implements Observer {
  readonly memoryBytes = 0
  readonly #batch: GameBatch
  readonly #parts: readonly Part[]

  constructor(batch: GameBatch, encodings: Readonly<Record<string, Encoding>>) {
    this.#batch = batch
    this.#parts = Object.entries(encodings).map(([name, encoding]) => {
      const { dtype, shape } = ENCODINGS[encoding]
      const laneLength = (batch.agents[0] + batch.agents[1]) * elementCount(shape)
      const rows = typedArray(dtype, batch.games * laneLength)
      return { name, encoding, laneLength: laneLength, rows }
    })
  }

  step(_: Uint8Array, out: Outputs): void {
    for (const { name, encoding } of this.#parts) this.#batch.observe(encoding, out[name])
  }

  begin(lanes: ArrayLike<number>, out: Outputs): void {
    for (const part of this.#parts) {
      this.#batch.observe(part.encoding, part.rows)
      for (let i = 0; i < lanes.length; i++) copyLane(part, lanes[i], out)
    }
  }

  end(lanes: ArrayLike<number>, out: Outputs): void {
    this.begin(lanes, out)
  }

  show(lane: number, out: Outputs): void {
    this.begin([lane], out)
  }

  save(): void {}

  load(): void {}
}

interface Part {
  readonly name: string
  readonly encoding: Encoding
  /** Numbers of a lane. */
  readonly laneLength: number
  /** Rows of all games, for calls that may only write some. */
  readonly rows: TypedArray
}

function copyLane({ name, laneLength, rows }: Part, lane: number, out: Outputs): void {
  const from = lane * laneLength
  out[name].set(rows.subarray(from, from + laneLength) as never, from)
}
