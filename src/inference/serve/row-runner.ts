import { bytesOf, elementCount, type Tensor, tensor } from '../../core/tensor.ts'
import type { Session } from '../session-contract.ts'
import type { BatchSlot } from './batch-slot.ts'
import type { RowLayout, RowTensor } from './row-layout.ts'

interface Views {
  readonly feeds: Readonly<Record<string, Tensor>>
  readonly fetches: Readonly<Record<string, Tensor>>
}

/**
 * Runs the rows of a slot. ONNX Runtime takes no shared memory, so rows are copied into memory of the thread and back;
 * that memory and its views for each number of rows are made once.
 */
export class RowRunner {
  readonly #session: Session
  readonly #layout: RowLayout
  readonly #inputs: readonly Tensor[]
  readonly #outputs: readonly Tensor[]
  readonly #inputBytes: readonly Uint8Array[]
  readonly #outputBytes: readonly Uint8Array[]
  readonly #views = new Map<number, Views>()

  constructor(session: Session, layout: RowLayout) {
    const whole = ({ dtype, shape }: RowTensor): Tensor =>
      tensor(dtype, [layout.capacity, ...shape])
    this.#session = session
    this.#layout = layout
    this.#inputs = layout.inputs.map(whole)
    this.#outputs = layout.outputs.map(whole)
    this.#inputBytes = this.#inputs.map(bytesOf)
    this.#outputBytes = this.#outputs.map(bytesOf)
  }

  /** @throws AgonError those of `Session.run` */
  async run(slot: BatchSlot): Promise<void> {
    const { rows } = slot
    const { inputs, outputs } = this.#layout
    for (let i = 0; i < inputs.length; i++)
      this.#inputBytes[i].set(slot.inputs[i].subarray(0, rows * inputs[i].rowBytes))
    const { feeds, fetches } = this.#viewsOf(rows)
    await this.#session.run(feeds, fetches)
    for (let i = 0; i < outputs.length; i++)
      slot.outputs[i].set(this.#outputBytes[i].subarray(0, rows * outputs[i].rowBytes))
  }

  #viewsOf(rows: number): Views {
    const known = this.#views.get(rows)
    if (known !== undefined) return known
    const first = (tensors: readonly RowTensor[], whole: readonly Tensor[]) =>
      Object.fromEntries(
        tensors.map(({ name, dtype, shape }, i) => [
          name,
          tensor(
            dtype,
            [rows, ...shape],
            whole[i].data.subarray(0, rows * elementCount(shape)) as Tensor['data'],
          ),
        ]),
      )
    const views = {
      feeds: first(this.#layout.inputs, this.#inputs),
      fetches: first(this.#layout.outputs, this.#outputs),
    }
    this.#views.set(rows, views)
    return views
  }
}
