import { bytesOf, type NamedTensors } from '../../core/tensor.ts'
import { kserve } from '../../wire/index.ts'
import { datatypeOf } from '../kserve-datatype.ts'
import type { ModelShape } from './model-shape.ts'
import type { RowLayout } from './row-layout.ts'

const ID_TAG = 0x1a
const RAW_TAG = 0x32

/**
 * Writes answers straight from the memory of a batch: one allocation and one copy each. All but the contents is the same
 * for every answer of the same outputs and rows, and is kept.
 */
export class AnswerEncoder {
  readonly #shape: ModelShape
  readonly #identity: { readonly modelName: string; readonly modelVersion: string }
  /** By the list of outputs, for those lists that the model itself owns; then by rows. */
  readonly #heads = new Map<readonly number[], Map<number, Uint8Array>>()

  constructor(shape: ModelShape, modelName: string, modelVersion: string) {
    this.#shape = shape
    this.#identity = { modelName, modelVersion }
    this.#heads.set(shape.allOutputs, new Map())
    this.#heads.set(shape.statelessOutputs, new Map())
  }

  /** Rows `from` and on of a batch's outputs, as an encoded ModelInferResponse. */
  rows(
    { outputs }: RowLayout,
    memory: readonly Uint8Array[],
    wanted: readonly number[],
    from: number,
    rows: number,
    id: string,
  ): Buffer {
    const head = this.#head(wanted, rows)
    const idLength = id === '' ? 0 : Buffer.byteLength(id)
    let size = head.length + (idLength === 0 ? 0 : 1 + varintLength(idLength) + idLength)
    for (const index of wanted) {
      const bytes = rows * outputs[index].rowBytes
      size += 1 + varintLength(bytes) + bytes
    }
    const answer = Buffer.allocUnsafe(size)
    answer.set(head)
    let at = head.length
    if (idLength > 0) {
      at = writeVarint(answer, writeByte(answer, at, ID_TAG), idLength)
      at += answer.write(id, at)
    }
    for (const index of wanted) {
      const { rowBytes } = outputs[index]
      at = writeVarint(answer, writeByte(answer, at, RAW_TAG), rows * rowBytes)
      answer.set(memory[index].subarray(from * rowBytes, (from + rows) * rowBytes), at)
      at += rows * rowBytes
    }
    return answer
  }

  /** An answer from tensors of any shape. */
  tensors(outputs: NamedTensors, wanted: readonly number[], id: string): Buffer {
    const found = wanted.map((index) => outputs[this.#shape.outputs[index].name])
    return kserve.ModelInferResponse.encode({
      ...this.#identity,
      id,
      outputs: found.map(({ dtype, shape }, i) => ({
        name: this.#shape.outputs[wanted[i]].name,
        datatype: datatypeOf(dtype),
        shape: [...shape],
      })),
      rawOutputContents: found.map(bytesOf),
    }).finish() as Buffer
  }

  #head(wanted: readonly number[], rows: number): Uint8Array {
    const kept = this.#heads.get(wanted)
    const known = kept?.get(rows)
    if (known !== undefined) return known
    const outputs = wanted.map((index) => {
      const { name, dtype, shape } = this.#shape.outputs[index]
      return { name, datatype: datatypeOf(dtype), shape: [rows, ...shape.slice(1).map(Number)] }
    })
    const head = kserve.ModelInferResponse.encode({ ...this.#identity, outputs }).finish()
    kept?.set(rows, head)
    return head
  }
}

function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++
  return length
}

function writeByte(buffer: Buffer, at: number, byte: number): number {
  buffer[at] = byte
  return at + 1
}

/** @returns where the next byte goes */
function writeVarint(buffer: Buffer, start: number, value: number): number {
  let at = start
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) buffer[at++] = (rest % 128) | 128
  buffer[at++] = rest
  return at
}
