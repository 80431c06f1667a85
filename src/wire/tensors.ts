import { AgonError } from '../core/errors.ts'
import {
  BYTES_PER_ELEMENT,
  bytesOf,
  type DType,
  elementCount,
  type NamedTensors,
  type Tensor,
  type TensorSpec,
  type TypedArrayOf,
  typedArray,
} from '../core/tensor.ts'
import { agon } from './gen/agon.gen.js'

const { DType: Wire } = agon.v1

const TO_WIRE: Readonly<Record<DType, agon.v1.DType>> = {
  float32: Wire.DTYPE_FLOAT32,
  float64: Wire.DTYPE_FLOAT64,
  int32: Wire.DTYPE_INT32,
  int64: Wire.DTYPE_INT64,
  uint8: Wire.DTYPE_UINT8,
  bool: Wire.DTYPE_BOOL,
}
const FROM_WIRE = new Map(Object.entries(TO_WIRE).map(([name, wire]) => [wire, name as DType]))

const refuse = (name: string, message: string): AgonError =>
  new AgonError('wire/tensor', `tensor '${name}' ${message}`)

/** The bytes are a view of the tensor's memory: encode before it changes. */
export function encodeTensor(tensor: Tensor): agon.v1.Tensor.$Properties {
  return { dtype: TO_WIRE[tensor.dtype], shape: [...tensor.shape], data: bytesOf(tensor) }
}

/** @throws AgonError `wire/tensor` where type, shape and bytes do not fit each other */
export function decodeTensor(name: string, tensor: agon.v1.Tensor.$Properties): Tensor {
  const dtype = readDType(name, tensor.dtype)
  const shape = readShape(name, tensor.shape)
  const data = tensor.data ?? new Uint8Array(0)
  return { dtype, shape, data: alignedElements(name, dtype, elementCount(shape), data) }
}

/**
 * Elements over the bytes of a message: a view where they happen to be aligned, else a copy.
 * @throws AgonError `wire/tensor` where the number of bytes is another
 */
export function alignedElements<D extends DType>(
  name: string,
  dtype: D,
  count: number,
  bytes: Uint8Array,
): TypedArrayOf[D] {
  const width = BYTES_PER_ELEMENT[dtype]
  if (bytes.length !== count * width)
    throw refuse(
      name,
      `has ${bytes.length} bytes; ${count} elements of ${dtype} take ${count * width}`,
    )
  if (dtype === 'bool' && bytes.some((byte) => byte > 1))
    throw refuse(name, 'is of bool and holds another byte than 0 and 1')
  if (bytes.byteOffset % width === 0)
    return typedArray(dtype, count, bytes.buffer, bytes.byteOffset)
  const copy = typedArray(dtype, count)
  new Uint8Array(copy.buffer).set(bytes)
  return copy
}

export function encodeNamed(tensors: NamedTensors): agon.v1.NamedTensor.$Properties[] {
  return Object.keys(tensors)
    .sort()
    .map((name) => ({ name, tensor: encodeTensor(tensors[name]) }))
}

/** @throws AgonError `wire/tensor` */
export function decodeNamed(list: readonly agon.v1.NamedTensor.$Properties[]): NamedTensors {
  const tensors: Record<string, Tensor> = {}
  for (const { name = '', tensor } of list) {
    if (!name || Object.hasOwn(tensors, name))
      throw refuse(name ?? '', 'stands twice, or has no name')
    tensors[name] = decodeTensor(name, tensor ?? {})
  }
  return tensors
}

export function encodeSpec(spec: TensorSpec): agon.v1.TensorSpec.$Properties {
  const { dtype, shape, low, high } = spec
  return { dtype: TO_WIRE[dtype], shape: [...shape], low, high }
}

/** @throws AgonError `wire/tensor` */
export function decodeSpec(name: string, spec: agon.v1.TensorSpec.$Properties): TensorSpec {
  const { low, high } = spec
  return {
    dtype: readDType(name, spec.dtype),
    shape: readShape(name, spec.shape),
    ...(low == null ? {} : { low }),
    ...(high == null ? {} : { high }),
  }
}

function readDType(name: string, wire: agon.v1.DType | null | undefined): DType {
  const dtype = FROM_WIRE.get(wire ?? Wire.DTYPE_UNSPECIFIED)
  if (dtype === undefined) throw refuse(name, `has the unknown type ${wire ?? 0}`)
  return dtype
}

/** Axes of one tensor. */
const MOST_AXES = 32

function readShape(name: string, shape: readonly number[] | null | undefined): readonly number[] {
  const sizes = shape ?? []
  if (
    sizes.length > MOST_AXES ||
    sizes.some((size) => !Number.isSafeInteger(size)) ||
    !Number.isSafeInteger(elementCount(sizes))
  )
    throw refuse(name, 'has a size that is no count')
  return sizes
}
