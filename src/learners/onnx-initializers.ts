import { fromUtf8 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import { elementCount, type Tensor, tensor } from '../core/tensor.ts'

/** Field numbers of onnx.proto3: ModelProto.graph, GraphProto.initializer, TensorProto.*. */
const GRAPH = 7
const INITIALIZER = 5
const DIMS = 1
const DATA_TYPE = 2
const NAME = 8
const RAW_DATA = 9
const FLOAT = 1

interface Field {
  readonly number: number
  /** A varint's value, or the bytes of a length-delimited field. */
  readonly value: number | Uint8Array
}

/**
 * The float32 initializers of an ONNX model that carry raw data, by name, in fresh buffers: the weights of a policy
 * that Agon exported.
 * @throws AgonError `onnx/corrupt`
 */
export function readInitializers(onnx: Uint8Array): Record<string, Tensor<'float32'>> {
  const found: Record<string, Tensor<'float32'>> = {}
  for (const graph of messages(onnx, GRAPH))
    for (const initializer of messages(graph, INITIALIZER)) {
      const entry = readTensor(initializer)
      if (entry !== null) found[entry.name] = entry.tensor
    }
  return found
}

function readTensor(bytes: Uint8Array): { name: string; tensor: Tensor<'float32'> } | null {
  const shape: number[] = []
  let type = 0
  let name = ''
  let raw: Uint8Array | null = null
  for (const { number, value } of fields(bytes)) {
    if (number === DIMS) shape.push(...(typeof value === 'number' ? [value] : varints(value)))
    else if (number === DATA_TYPE) type = value as number
    else if (number === NAME) name = fromUtf8(value as Uint8Array)
    else if (number === RAW_DATA) raw = value as Uint8Array
  }
  if (type !== FLOAT || raw === null) return null
  if (raw.length !== 4 * elementCount(shape))
    throw corrupt(`initializer '${name}' of shape [${shape}] has ${raw.length} bytes`)
  const data = new Float32Array(raw.length / 4)
  new Uint8Array(data.buffer).set(raw)
  return { name, tensor: tensor('float32', shape, data) }
}

function messages(bytes: Uint8Array, wanted: number): Uint8Array[] {
  return [...fields(bytes)].flatMap(({ number, value }) =>
    number === wanted && typeof value !== 'number' ? [value] : [],
  )
}

function* fields(bytes: Uint8Array): Generator<Field> {
  const cursor = { at: 0 }
  while (cursor.at < bytes.length) {
    const key = varint(bytes, cursor)
    const number = Math.floor(key / 8)
    const wire = key % 8
    if (wire === 0) {
      yield { number, value: varint(bytes, cursor) }
      continue
    }
    const length = wire === 2 ? varint(bytes, cursor) : wire === 5 ? 4 : wire === 1 ? 8 : -1
    const end = cursor.at + length
    if (length < 0 || end > bytes.length) throw corrupt(`a field is cut off at byte ${cursor.at}`)
    yield { number, value: bytes.subarray(cursor.at, end) }
    cursor.at = end
  }
}

function* varints(bytes: Uint8Array): Generator<number> {
  const cursor = { at: 0 }
  while (cursor.at < bytes.length) yield varint(bytes, cursor)
}

function varint(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0
  let unit = 1
  while (cursor.at < bytes.length) {
    const byte = bytes[cursor.at++]
    value += (byte & 0x7f) * unit
    if (byte < 0x80) return value
    unit *= 128
  }
  throw corrupt('a number is cut off at the end')
}

const corrupt = (message: string): AgonError =>
  new AgonError('onnx/corrupt', `the file is not an ONNX model: ${message}`, {
    remedy: 'give a policy.onnx that Agon exported',
  })
