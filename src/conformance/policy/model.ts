import { stream } from '../../core/random.ts'
import {
  BYTES_PER_ELEMENT,
  bytesOf,
  type DType,
  elementCount,
  type Tensor,
  tensor,
} from '../../core/tensor.ts'
import { Mismatch } from '../../envs/remote/conformance/check.ts'
import { parseCard } from '../../inference/card.ts'
import type { PolicyCard } from '../../inference/contract.ts'
import { CONTENTS_FIELDS } from '../../inference/kserve-contents.ts'
import { datatypeOf, dtypeOf } from '../../inference/kserve-datatype.ts'
import { type Connection, INFERENCE, type kserve } from '../../wire/index.ts'

/** A value of the model: without its first axis, which counts the rows. */
export interface ModelValue {
  readonly name: string
  readonly dtype: DType
  /** −1 where the model leaves it open. */
  readonly shape: readonly number[]
}

/** The model under examination. */
export interface Model {
  readonly connection: Connection
  readonly name: string
  readonly inputs: readonly ModelValue[]
  readonly outputs: readonly ModelValue[]
  /** What the server says that its inputs mean; null where it has no card of Agon. */
  readonly card: PolicyCard | null
}

/** @throws Mismatch where the metadata does not say what can be asked */
export async function describeModel(connection: Connection, name: string): Promise<Model> {
  const metadata = await connection.unary(INFERENCE.methods.modelMetadata, { name })
  const sent = `ModelMetadata { name: '${name}' }`
  const read = (values: readonly kserve.ModelMetadataResponse.TensorMetadata[]): ModelValue[] =>
    values.map(({ name: value, datatype, shape: [rows, ...shape] }) => {
      const dtype = dtypeOf(datatype)
      if (dtype === undefined)
        throw new Mismatch(sent, `a numeric datatype of '${value}'`, `'${datatype}'`)
      if (rows !== -1)
        throw new Mismatch(sent, `-1 as the first axis of '${value}', the rows`, String(rows))
      return { name: value, dtype, shape }
    })
  const inputs = read(metadata.inputs)
  const outputs = read(metadata.outputs)
  if (inputs.length === 0 || outputs.length === 0)
    throw new Mismatch(sent, 'inputs and outputs', `${inputs.length} and ${outputs.length}`)
  const text = metadata.properties['agon.card']
  const card = text === undefined ? null : parseCard(text, 'agon.card')
  return { connection, name, inputs, outputs, card }
}

export type Inputs = readonly { readonly name: string; readonly value: Tensor }[]

/** Rows that are drawn the same every time, each another one. */
export function drawnRows({ inputs, card }: Model, rows: number): Inputs {
  return inputs.map(({ name, dtype, shape }) => {
    const sizes = shape.map((size) => Math.max(1, size))
    const draw = stream('conformance', 'policy', name)
    const { low = 0, high = 1 } = card?.observations[name] ?? {}
    const count = rows * elementCount(sizes)
    const values = Array.from({ length: count }, () =>
      dtype.startsWith('float') ? draw.uniform() : low + draw.integer(high - low + 1),
    )
    const made = tensor(dtype, [rows, ...sizes])
    values.forEach((value, i) => {
      made.data[i] = (dtype === 'int64' ? BigInt(value) : value) as never
    })
    return { name, value: made }
  })
}

/** One row of them. */
export function rowOf(inputs: Inputs, row: number): Inputs {
  return inputs.map(({ name, value: { dtype, shape, data } }) => {
    const width = data.length / shape[0]
    const cut = data.slice(row * width, (row + 1) * width)
    return { name, value: { dtype, shape: [1, ...shape.slice(1)], data: cut } as Tensor }
  })
}

/** Each output of an answer by its name. */
export type Answer = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly values: readonly number[] }
>

export const requestOf = (model: Model, inputs: Inputs): kserve.ModelInferRequest.$Properties => ({
  modelName: model.name,
  inputs: inputs.map(({ name, value: { dtype, shape } }) => ({
    name,
    datatype: datatypeOf(dtype),
    shape: [...shape],
  })),
  rawInputContents: inputs.map(({ value }) => bytesOf(value)),
})

/** @throws Mismatch where the answer cannot be read, or what the server refuses with */
export async function ask(
  { connection }: Model,
  request: kserve.ModelInferRequest.$Properties,
  sent: string,
): Promise<Answer> {
  const { outputs, rawOutputContents } = await connection.unary(
    INFERENCE.methods.modelInfer,
    request,
  )
  return new Map(
    outputs.map(({ name, datatype, shape, contents }, i) => {
      const dtype = dtypeOf(datatype)
      if (dtype === undefined)
        throw new Mismatch(sent, `a numeric datatype of '${name}'`, `'${datatype}'`)
      const raw = rawOutputContents[i]
      const values = raw === undefined ? typedValues(dtype, contents) : rawValues(dtype, raw)
      const count = elementCount(shape)
      if (values.length !== count)
        throw new Mismatch(sent, `${count} numbers of '${name}' [${shape}]`, `${values.length}`)
      return [name, { shape, values }]
    }),
  )
}

function rawValues(dtype: DType, raw: Uint8Array): number[] {
  const bytes = Uint8Array.from(raw)
  const count = Math.floor(bytes.length / BYTES_PER_ELEMENT[dtype])
  const read = tensor(dtype, [count])
  bytesOf(read).set(bytes.subarray(0, count * BYTES_PER_ELEMENT[dtype]))
  return Array.from(read.data as ArrayLike<number | bigint>, Number)
}

function typedValues(
  dtype: DType,
  contents: kserve.InferTensorContents.$Properties | null | undefined,
): number[] {
  return Array.from<number | boolean, number>(contents?.[CONTENTS_FIELDS[dtype]] ?? [], Number)
}
