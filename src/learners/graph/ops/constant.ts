import { AgonError } from '../../../core/errors.ts'
import { type DType, elementCount, type Tensor, tensor, typedArray } from '../../../core/tensor.ts'
import { array64 } from '../array.ts'
import { addNode, type Graph, type Operand, type Value } from '../graph.ts'

function filled(dtype: DType, value: number): Tensor {
  const data = typedArray(dtype, 1)
  if (data instanceof BigInt64Array) data[0] = BigInt(value)
  else data[0] = value
  return tensor(dtype, [], data)
}

/** A tensor of any dtype as float64 numbers; a copy. */
export function toFloat64(source: Tensor): Float64Array {
  return Float64Array.from(source.data as ArrayLike<number | bigint>, Number)
}

/**
 * A constant baked into the model. A number becomes a scalar of `dtype`; a float64 tensor becomes float32 in the model
 * (the reference keeps its float64 values).
 */
export function constant(graph: Graph, value: Tensor | number, dtype: DType = 'float32'): Value {
  if (typeof value !== 'number') return tensorConstant(graph, value)
  if (dtype !== 'float32' && dtype !== 'float64' && !Number.isInteger(value)) {
    throw new AgonError('graph/dtype', `constant: ${value} is not a whole number for ${dtype}`)
  }
  const key = `${dtype} ${Object.is(value, -0) ? '-0' : value}`
  const known = graph.scalars.get(key)
  if (known !== undefined) return known
  const stored = filled(dtype, value)
  const [made] = addNode(graph, 'constant', [], [{ dtype, shape: [] }], {
    evaluate: () => [array64([], Float64Array.of(value))],
    emit: (e) => [e.constant(stored)],
  })
  graph.scalars.set(key, made)
  return made
}

function tensorConstant(graph: Graph, value: Tensor): Value {
  const exact = toFloat64(value)
  const stored =
    value.dtype === 'float64' ? tensor('float32', value.shape, Float32Array.from(exact)) : value
  const [made] = addNode(graph, 'constant', [], [{ dtype: stored.dtype, shape: value.shape }], {
    evaluate: () => [array64(value.shape, exact)],
    emit: (e) => [e.constant(stored)],
  })
  return made
}

/** An operand as a value; a number becomes a constant of `like`'s graph and dtype. */
export function asValue(operand: Operand, like: Value): Value {
  return typeof operand === 'number' ? constant(like.graph, operand, like.dtype) : operand
}

/** int64 constant of known values, for indices and sizes. */
export function integerConstant(
  graph: Graph,
  values: readonly number[],
  shape: readonly number[] = [values.length],
): Value {
  const data = BigInt64Array.from(values, BigInt)
  if (data.length !== elementCount(shape)) {
    throw new AgonError('graph/shape', `constant: ${data.length} values for shape [${shape}]`)
  }
  return constant(graph, tensor('int64', shape, data))
}
