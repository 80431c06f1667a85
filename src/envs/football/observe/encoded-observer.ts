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
      const slotLength = (batch.agents[0] + batch.agents[1]) * elementCount(shape)
      const rows = typedArray(dtype, batch.games * slotLength)
      return { name, encoding, slotLength, rows }
    })
  }

  step(_: Uint8Array, out: Outputs): void {
    for (const { name, encoding } of this.#parts) this.#batch.observe(encoding, out[name])
  }

  begin(slots: ArrayLike<number>, out: Outputs): void {
    for (const part of this.#parts) {
      this.#batch.observe(part.encoding, part.rows)
      for (let i = 0; i < slots.length; i++) copySlot(part, slots[i], out)
    }
  }

  end(slots: ArrayLike<number>, out: Outputs): void {
    this.begin(slots, out)
  }

  show(slot: number, out: Outputs): void {
    this.begin([slot], out)
  }

  save(): void {}

  load(): void {}
}

interface Part {
  readonly name: string
  readonly encoding: Encoding
  /** Numbers of a slot. */
  readonly slotLength: number
  /** Rows of all games, for calls that may only write some. */
  readonly rows: TypedArray
}

function copySlot({ name, slotLength, rows }: Part, slot: number, out: Outputs): void {
  const from = slot * slotLength
  out[name].set(rows.subarray(from, from + slotLength) as never, from)
}
