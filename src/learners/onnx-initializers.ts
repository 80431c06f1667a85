import { fromUtf8 } from '../core/bytes.ts'
import { elementCount, type Tensor, tensor } from '../core/tensor.ts'
import { corruptModel, fields, varints } from '../inference/onnx/protobuf-fields.ts'

/** Field numbers of onnx.proto3: ModelProto.graph, GraphProto.initializer, TensorProto.*. */
const GRAPH = 7
const INITIALIZER = 5
const DIMS = 1
const DATA_TYPE = 2
const NAME = 8
const RAW_DATA = 9
const FLOAT = 1

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
    throw corruptModel(`initializer '${name}' of shape [${shape}] has ${raw.length} bytes`)
  const data = new Float32Array(raw.length / 4)
  new Uint8Array(data.buffer).set(raw)
  return { name, tensor: tensor('float32', shape, data) }
}

function messages(bytes: Uint8Array, wanted: number): Uint8Array[] {
  return [...fields(bytes)].flatMap(({ number, value }) =>
    number === wanted && typeof value !== 'number' ? [value] : [],
  )
}
