import { elementCount } from '../../../core/tensor.ts'
import type { GameBatch } from '../native/contract.ts'
import type { Observer, Outputs } from './observer.ts'
import type { RawField } from './raw-fields.ts'
import { RAW_ROW_WIDTH } from './raw-row.ts'

/** The reference's raw fields, each a tensor of its own. */
export class RawObserver implements Observer {
  readonly memoryBytes = 0
  readonly #batch: GameBatch
  readonly #agents: number
  readonly #fields: readonly (RawField & { readonly size: number })[]
  /** float64 `[games, agents, 205]`. */
  readonly #rows: Float64Array

  constructor(batch: GameBatch, fields: readonly RawField[]) {
    this.#batch = batch
    this.#agents = batch.agents[0] + batch.agents[1]
    this.#fields = fields.map((field) => ({ ...field, size: elementCount(field.shape) }))
    this.#rows = new Float64Array(batch.games * this.#agents * RAW_ROW_WIDTH)
  }

  step(_: Uint8Array, out: Outputs): void {
    this.#batch.observe('raw', this.#rows)
    this.#write(0, this.#batch.games * this.#agents, out)
  }

  begin(lanes: ArrayLike<number>, out: Outputs): void {
    this.#batch.observe('raw', this.#rows)
    for (let i = 0; i < lanes.length; i++)
      this.#write(lanes[i] * this.#agents, (lanes[i] + 1) * this.#agents, out)
  }

  end(lanes: ArrayLike<number>, out: Outputs): void {
    this.begin(lanes, out)
  }

  show(lane: number, out: Outputs): void {
    this.begin([lane], out)
  }

  #write(from: number, to: number, out: Outputs): void {
    const rows = this.#rows
    for (let f = 0; f < this.#fields.length; f++) {
      const { name, at, size } = this.#fields[f]
      const target = out[name] as Float64Array
      for (let row = from; row < to; row++)
        for (let i = 0; i < size; i++) target[row * size + i] = rows[row * RAW_ROW_WIDTH + at + i]
    }
  }

  save(): void {}

  load(): void {}
}
