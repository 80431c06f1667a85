import { array64, broadcastStrides, broadcastTo, walk } from '../array.ts'
import { dimValue, type Shape, sameShape } from '../dims.ts'
import { addNode, type Value } from '../graph.ts'
import {
  broadcastShapes,
  formatShape,
  NUMBERS,
  requireDType,
  resolveAxis,
  shapeError,
} from '../shape.ts'
import { reshape } from './reshape.ts'

/** Axes sorted and non-negative; all of them by default. Throws `graph/shape`. */
export function resolveAxes(op: string, x: Value, axes?: readonly number[]): number[] {
  const all = axes ?? x.shape.map((_, axis) => axis)
  return [...new Set(all.map((axis) => resolveAxis(op, x.shape, axis)))].sort((a, b) => a - b)
}

/** Sum over `axes` (all by default). Shape: those axes become 1 (`keepDims`) or go. */
export function reduceSum(x: Value, axes?: readonly number[], keepDims = false): Value {
  requireDType('reduceSum', x, NUMBERS)
  const over = resolveAxes('reduceSum', x, axes)
  if (over.length === 0) return x
  const kept = x.shape.map((dim, axis) => (over.includes(axis) ? 1 : dim))
  const shape = keepDims ? kept : x.shape.filter((_, axis) => !over.includes(axis))
  const [y] = addNode(x.graph, 'reduceSum', [x], [{ dtype: x.dtype, shape }], {
    evaluate: ([array]) => {
      const sizes = array.shape.map((size, axis) => (over.includes(axis) ? 1 : size))
      const out = array64(sizes)
      walk(array.shape, broadcastStrides(sizes, array.shape), (flat, position) => {
        out.data[position] += array.data[flat]
      })
      if (keepDims) return [out]
      return [
        array64(
          array.shape.filter((_, axis) => !over.includes(axis)),
          out.data,
        ),
      ]
    },
    gradient: ([g]) => [g && expandTo(reshape(g, kept), x.shape)],
    emit: (e, [name], outputs) => {
      e.node('ReduceSum', [name, e.int64(over)], outputs, { keepdims: keepDims ? 1 : 0 })
    },
  })
  return y
}

/** Broadcasts `x` to `shape`. */
export function expandTo(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  if (!sameShape(broadcastShapes('expandTo', [x.shape, shape]), shape)) {
    throw shapeError('expandTo', `a shape that broadcasts to ${formatShape(shape)}`, [x.shape])
  }
  const [y] = addNode(x.graph, 'expandTo', [x], [{ dtype: x.dtype, shape }], {
    evaluate: ([array], binding) => [
      broadcastTo(
        array,
        shape.map((dim) => dimValue(dim, binding)),
      ),
    ],
    gradient: ([g]) => [g && sumTo(g, x.shape)],
    emit: (e, [name], outputs) => void e.node('Expand', [name, e.shape(shape)], outputs),
  })
  return y
}

/** Undoes a broadcast: sums `x` over the axes along which `shape` was stretched. */
export function sumTo(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  const lead = x.shape.length - shape.length
  const over = x.shape.flatMap((dim, axis) => {
    const stretched = axis < lead || (shape[axis - lead] === 1 && dim !== 1)
    return stretched ? [axis] : []
  })
  return reshape(reduceSum(x, over, true), shape)
}
