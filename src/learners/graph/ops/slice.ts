import { aroundAxis, array64 } from '../array.ts'
import { addDims, type Dim, dimValue } from '../dims.ts'
import { addNode, type Value } from '../graph.ts'
import { NUMBERS, requireDType, resolveAxis, shapeError } from '../shape.ts'

/** A bound as a distance from the start; negative numbers count from the end of the axis. */
function fromStart(size: Dim, bound: Dim): Dim {
  return typeof bound === 'number' && bound < 0 ? addDims(size, bound) : bound
}

/** Elements `from` (included) to `to` (excluded, the end by default) of one axis; negative bounds count from the end. */
export function slice(x: Value, along: number, from: Dim, to?: Dim): Value {
  const axis = resolveAxis('slice', x.shape, along)
  const size = x.shape[axis]
  const start = fromStart(size, from)
  const end = to === undefined ? size : fromStart(size, to)
  const length = addDims(end, start, -1)
  const after = addDims(size, end, -1)
  const negative = (dim: Dim) => typeof dim === 'number' && dim < 0
  if (negative(length) || negative(after) || negative(start)) {
    throw shapeError('slice', `axis ${axis} to hold ${start} to ${end}`, [x.shape])
  }
  if (start === 0 && after === 0) return x
  const shape = x.shape.with(axis, length)
  const [y] = addNode(x.graph, 'slice', [x], [{ dtype: x.dtype, shape }], {
    evaluate: ([array], binding) => {
      const { outer, size: whole, inner } = aroundAxis(array.shape, axis)
      const count = dimValue(length, binding)
      const out = array64(array.shape.with(axis, count))
      for (let i = 0; i < outer; i++) {
        const at = (i * whole + dimValue(start, binding)) * inner
        out.data.set(array.data.subarray(at, at + count * inner), i * count * inner)
      }
      return [out]
    },
    gradient: ([g]) => [g && pad(g, axis, start, after)],
    emit: (e, [name], outputs) => {
      e.node('Slice', [name, e.shape([start]), e.shape([end]), e.int64([axis])], outputs)
    },
  })
  return y
}

/** Adds `before` and `after` zeros at the ends of one axis. */
export function pad(x: Value, along: number, before: Dim, after: Dim): Value {
  requireDType('pad', x, NUMBERS)
  const axis = resolveAxis('pad', x.shape, along)
  if (before === 0 && after === 0) return x
  const shape = x.shape.with(axis, addDims(addDims(x.shape[axis], before), after))
  const [y] = addNode(x.graph, 'pad', [x], [{ dtype: x.dtype, shape }], {
    evaluate: ([array], binding) => {
      const { outer, size, inner } = aroundAxis(array.shape, axis)
      const lead = dimValue(before, binding)
      const padded = lead + size + dimValue(after, binding)
      const out = array64(array.shape.with(axis, padded))
      for (let i = 0; i < outer; i++) {
        const row = array.data.subarray(i * size * inner, (i + 1) * size * inner)
        out.data.set(row, (i * padded + lead) * inner)
      }
      return [out]
    },
    gradient: ([g]) => [g && slice(g, axis, before, addDims(before, x.shape[axis]))],
    emit: (e, [name], outputs) => {
      // All axes, padded or not: the runtime moves transposes past a Pad and takes its axes input for all of them.
      const zeros: Dim[] = x.shape.map(() => 0)
      e.node(
        'Pad',
        [name, e.shape([...zeros.with(axis, before), ...zeros.with(axis, after)])],
        outputs,
      )
    },
  })
  return y
}
