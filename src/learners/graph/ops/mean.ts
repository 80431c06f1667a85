import { AgonError } from '../../../core/errors.ts'
import { array64 } from '../array.ts'
import { dimValue, multiplyDims, type Shape } from '../dims.ts'
import { addNode, type Graph, type Value } from '../graph.ts'
import { FLOATS, requireDType } from '../shape.ts'
import { constant } from './constant.ts'
import { div, mul } from './elementwise.ts'
import { reduceSum, resolveAxes } from './reduce.ts'

/** The product of dimensions as a float32 scalar, read from inputs where it is symbolic. */
export function sizeOf(graph: Graph, dims: Shape): Value {
  const size = multiplyDims(dims)
  if (typeof size === 'number') return constant(graph, size)
  const [y] = addNode(graph, 'sizeOf', [], [{ dtype: 'float32', shape: [] }], {
    evaluate: (_, binding) => [array64([], Float64Array.of(dimValue(size, binding)))],
    emit: (e, _, outputs) => {
      const [real] = e.node('Cast', [e.shape([size])], 1, { to: 1 })
      e.node('Squeeze', [real, e.int64([0])], outputs)
    },
  })
  return y
}

/** Mean over `axes` (all by default). */
export function reduceMean(x: Value, axes?: readonly number[], keepDims = false): Value {
  requireDType('reduceMean', x, FLOATS)
  const over = resolveAxes('reduceMean', x, axes)
  if (over.length === 0) return x
  const dims = over.map((axis) => x.shape[axis])
  if (dims.includes(0)) {
    throw new AgonError('graph/shape', 'reduceMean: expected at least one element, found none')
  }
  const sum = reduceSum(x, over, keepDims)
  const size = multiplyDims(dims)
  return typeof size === 'number' ? mul(sum, 1 / size) : div(sum, sizeOf(x.graph, dims))
}
