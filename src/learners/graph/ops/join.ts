import { aroundAxis, array64 } from '../array.ts'
import { addDims, type Dim, dimValue } from '../dims.ts'
import { type Array64, addNode, type Value } from '../graph.ts'
import { requireDType, resolveAxis, shapeError } from '../shape.ts'
import { zerosLike } from './zeros.ts'

function joinArrays(arrays: readonly Array64[], axis: number): Array64 {
  const size = arrays.reduce((sum, array) => sum + array.shape[axis], 0)
  const out = array64(arrays[0].shape.with(axis, size))
  let start = 0
  for (const array of arrays) {
    const { outer, size: own, inner } = aroundAxis(array.shape, axis)
    for (let i = 0; i < outer; i++) {
      const row = array.data.subarray(i * own * inner, (i + 1) * own * inner)
      out.data.set(row, (i * size + start) * inner)
    }
    start += own
  }
  return out
}

function cutArray(array: Array64, axis: number, sizes: readonly number[]): Array64[] {
  const { outer, size, inner } = aroundAxis(array.shape, axis)
  let start = 0
  return sizes.map((own) => {
    const out = array64(array.shape.with(axis, own))
    for (let i = 0; i < outer; i++) {
      const from = (i * size + start) * inner
      out.data.set(array.data.subarray(from, from + own * inner), i * own * inner)
    }
    start += own
    return out
  })
}

/** Joins values along one axis; the other sizes agree. */
export function concat(values: readonly Value[], along: number): Value {
  const [first] = values
  if (first === undefined) throw shapeError('concat', 'at least one value', [])
  const axis = resolveAxis('concat', first.shape, along)
  const rest = (value: Value) => value.shape.with(axis, 0).join()
  for (const value of values) {
    requireDType('concat', value, [first.dtype])
    if (value.shape.length !== first.shape.length || rest(value) !== rest(first)) {
      throw shapeError('concat', `equal shapes apart from axis ${axis}`, [first.shape, value.shape])
    }
  }
  if (values.length === 1) return first
  const sizes = values.map((value) => value.shape[axis])
  const shape = first.shape.with(
    axis,
    sizes.reduce((sum, size) => addDims(sum, size)),
  )
  const [y] = addNode(first.graph, 'concat', values, [{ dtype: first.dtype, shape }], {
    evaluate: (arrays) => [joinArrays(arrays, axis)],
    gradient: ([g]) => (g ? split(g, sizes, axis) : values.map(() => undefined)),
    emit: (e, inputs, outputs) => void e.node('Concat', inputs, outputs, { axis }),
  })
  return y
}

/** Cuts `x` along one axis into consecutive parts of the given sizes. */
export function split(x: Value, sizes: readonly Dim[], along: number): readonly Value[] {
  const axis = resolveAxis('split', x.shape, along)
  const total = sizes.reduce<Dim>((sum, size) => addDims(sum, size), 0)
  if (total !== x.shape[axis]) {
    throw shapeError('split', `axis ${axis} to be the sum of [${sizes.join(', ')}]`, [x.shape])
  }
  if (sizes.length === 1) return [x]
  const types = sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.with(axis, size) }))
  return addNode(x.graph, 'split', [x], types, {
    evaluate: ([array], binding) =>
      cutArray(
        array,
        axis,
        sizes.map((size) => dimValue(size, binding)),
      ),
    gradient: (gradients, outputs) => {
      if (gradients.every((g) => g === undefined)) return [undefined]
      return [
        concat(
          outputs.map((part, i) => gradients[i] ?? zerosLike(part)),
          axis,
        ),
      ]
    },
    emit: (e, [name], outputs) => void e.node('Split', [name, e.shape(sizes)], outputs, { axis }),
  })
}
