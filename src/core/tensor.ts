import { AgonError } from './errors.ts'

export type DType = 'float32' | 'float64' | 'int32' | 'int64' | 'uint8' | 'bool'

export interface TypedArrayOf {
  readonly float32: Float32Array
  readonly float64: Float64Array
  readonly int32: Int32Array
  readonly int64: BigInt64Array
  readonly uint8: Uint8Array
  /** One byte an element, 0 or 1. */
  readonly bool: Uint8Array
}

export type TypedArray = TypedArrayOf[DType]

/** A dense row-major (C order) view. Does not own its data: whoever allocated the buffer says who may write. */
export interface Tensor<D extends DType = DType> {
  readonly dtype: D
  readonly shape: readonly number[]
  readonly data: TypedArrayOf[D]
}

export type NamedTensors = Readonly<Record<string, Tensor>>

/** What a tensor must look like, without data. A leading batch axis is never part of a spec. */
export interface TensorSpec {
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Bounds of the values where they are known; both ends included. */
  readonly low?: number
  readonly high?: number
}

export const BYTES_PER_ELEMENT: Readonly<Record<DType, number>> = {
  float32: 4,
  float64: 8,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
}

const CONSTRUCTORS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const

export function elementCount(shape: readonly number[]): number {
  let count = 1
  for (const size of shape) count *= size
  return count
}

/** A typed array over `buffer` (or a fresh one), `length` elements from `byteOffset`. */
export function typedArray<D extends DType>(
  dtype: D,
  length: number,
  buffer?: ArrayBufferLike,
  byteOffset = 0,
): TypedArrayOf[D] {
  const Constructor = CONSTRUCTORS[dtype] as unknown as new (...args: unknown[]) => TypedArrayOf[D]
  return buffer === undefined
    ? new Constructor(length)
    : new Constructor(buffer, byteOffset, length)
}

/** A view with its length checked against its shape. Throws `tensor/shape`. */
export function tensor<D extends DType>(
  dtype: D,
  shape: readonly number[],
  data: TypedArrayOf[D] = typedArray(dtype, elementCount(shape)),
): Tensor<D> {
  if (data.length !== elementCount(shape)) {
    throw new AgonError(
      'tensor/shape',
      `a tensor of shape [${shape}] needs ${elementCount(shape)} elements, its data has ${data.length}`,
    )
  }
  return { dtype, shape, data }
}

/** Zeroed tensors in shared memory: threads of one process may all see them. */
export function sharedTensor<D extends DType>(dtype: D, shape: readonly number[]): Tensor<D> {
  const count = elementCount(shape)
  const buffer = new SharedArrayBuffer(Math.max(8, count * BYTES_PER_ELEMENT[dtype]))
  return { dtype, shape, data: typedArray(dtype, count, buffer) }
}

/**
 * Rows `from` (inclusive) to `to` (exclusive) of the leading axis; a view over the same memory.
 * Throws `tensor/shape` where there are no such rows.
 */
export function rows<D extends DType>(of: Tensor<D>, from: number, to: number): Tensor<D> {
  if (!(from >= 0 && from <= to && to <= of.shape[0]))
    throw new AgonError(
      'tensor/shape',
      `a tensor of shape [${of.shape}] has no rows ${from} to ${to}`,
    )
  const width = elementCount(of.shape.slice(1))
  const data = of.data.subarray(from * width, to * width) as TypedArrayOf[D]
  return { dtype: of.dtype, shape: [to - from, ...of.shape.slice(1)], data }
}

/** The bytes of a tensor, little-endian on every supported platform; a view, not a copy. */
export function bytesOf(of: Tensor): Uint8Array {
  return new Uint8Array(of.data.buffer, of.data.byteOffset, of.data.byteLength)
}
