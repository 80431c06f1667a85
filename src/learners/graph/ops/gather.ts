import { aroundAxis, array64 } from '../array.ts'
import { type Dim, dimValue, sameShape } from '../dims.ts'
import { addNode, type Value } from '../graph.ts'
import {
  FLOATS,
  formatShape,
  INTEGERS,
  knownSize,
  requireDType,
  resolveAxis,
  shapeError,
} from '../shape.ts'
import { cast } from './compare.ts'
import { mul } from './elementwise.ts'
import { gemm } from './matmul.ts'
import { oneHot } from './one-hot.ts'
import { reshape } from './reshape.ts'
import { transpose } from './transpose.ts'

/** Up to this many rows, a table's gradient is a product with one-hot rows, which beats scattering. */
const ONE_HOT_ROWS = 64

function asIndex(op: string, indices: Value): Value {
  requireDType(op, indices, INTEGERS)
  return cast(indices, indices.dtype === 'int32' ? 'int32' : 'int64')
}

/** Rows of `x` along one axis: `[A, N, C]`, `[I, J]` at axis 1 → `[A, I, J, C]`. Indices are 0 … N-1. */
export function gather(x: Value, indices: Value, along = 0): Value {
  const axis = resolveAxis('gather', x.shape, along)
  const index = asIndex('gather', indices)
  const shape = [...x.shape.slice(0, axis), ...index.shape, ...x.shape.slice(axis + 1)]
  const [y] = addNode(x.graph, 'gather', [x, index], [{ dtype: x.dtype, shape }], {
    evaluate: ([array, at]) => {
      const { outer, size, inner } = aroundAxis(array.shape, axis)
      const out = array64([
        ...array.shape.slice(0, axis),
        ...at.shape,
        ...array.shape.slice(axis + 1),
      ])
      const count = at.data.length
      for (let i = 0; i < outer * count; i++) {
        const from = (Math.floor(i / count) * size + at.data[i % count]) * inner
        out.data.set(array.data.subarray(from, from + inner), i * inner)
      }
      return [out]
    },
    gradient: ([g]) => [g && gatherGradient(g, x, index, axis), undefined],
    emit: (e, inputs, outputs) => void e.node('Gather', inputs, outputs, { axis }),
  })
  return y
}

/** Brings the gathered axes to the front, adds rows up there, and puts the axis back. */
function gatherGradient(g: Value, x: Value, index: Value, axis: number): Value {
  const taken = index.shape.length
  const front = g.shape.map((_, i) => (i < taken ? axis + i : i < taken + axis ? i - taken : i))
  const rows = transpose(g, front)
  const rest = x.shape.filter((_, i) => i !== axis)
  const flat = reshape(rows, [-1, ...rest])
  const sum = scatterAdd(flat, reshape(index, [-1]), x.shape[axis])
  const back = x.shape.map((_, i) => (i === axis ? 0 : i < axis ? i + 1 : i))
  return transpose(sum, back)
}

/** Sums rows by index: `updates [N, ...]`, `indices [N]` → `[size, ...]`, rows without an index zero. */
export function scatterAdd(updates: Value, indices: Value, size: Dim): Value {
  const op = 'scatterAdd'
  requireDType(op, updates, FLOATS)
  const index = asIndex(op, indices)
  if (index.shape.length !== 1 || updates.shape[0] !== index.shape[0]) {
    throw shapeError(op, 'updates [N, ...] and indices [N]', [updates.shape, index.shape])
  }
  const shape = [size, ...updates.shape.slice(1)]
  if (typeof size === 'number' && size <= ONE_HOT_ROWS) {
    const hot = oneHot(index, size)
    const rows = reshape(updates, [index.shape[0], -1])
    return reshape(gemm(cast(hot, updates.dtype), rows, { transposeA: true }), shape)
  }
  const type = { dtype: updates.dtype, shape }
  const [y] = addNode(updates.graph, op, [updates, index], [type], {
    evaluate: ([rows, at], binding) => {
      const out = array64([dimValue(size, binding), ...rows.shape.slice(1)])
      const { inner } = aroundAxis(rows.shape, 0)
      at.data.forEach((row, i) => {
        for (let k = 0; k < inner; k++) out.data[row * inner + k] += rows.data[i * inner + k]
      })
      return [out]
    },
    gradient: ([g]) => [g && gather(g, index, 0), undefined],
    emit: (e, [rows, at], outputs) => {
      const [zeros] = e.node('Expand', [e.float32(0), e.shape(shape)])
      const [wide] = e.node('Cast', [at], 1, { to: 7 })
      const [column] = e.node('Unsqueeze', [wide, e.int64([-1])])
      e.node('ScatterND', [zeros, column, rows], outputs, { reduction: 'add' })
    },
  })
  return y
}

/** Rows of a table: `[V, D]`, integers `[...]` → `[..., D]`. */
export function embedding(table: Value, indices: Value): Value {
  if (table.shape.length !== 2) throw shapeError('embedding', 'a table [V, D]', [table.shape])
  return gather(table, indices, 0)
}

/** One element of each row: `out[...] = x[..., indices[...]]`. */
export function takeLast(x: Value, indices: Value): Value {
  const op = 'takeLast'
  const index = asIndex(op, indices)
  if (x.shape.length === 0 || !sameShape(x.shape.slice(0, -1), index.shape)) {
    const expected = `[..., N] and indices [...], here ${formatShape(x.shape.slice(0, -1))}`
    throw shapeError(op, expected, [x.shape, index.shape])
  }
  const depth = knownSize(op, x.shape, x.shape.length - 1)
  const [y] = addNode(x.graph, op, [x, index], [{ dtype: x.dtype, shape: index.shape }], {
    evaluate: ([array, at]) => [
      array64(
        at.shape,
        at.data.map((k, i) => array.data[i * depth + k]),
      ),
    ],
    gradient: ([g]) => [
      g && mul(reshape(g, [...g.shape, 1]), cast(oneHot(index, depth), g.dtype)),
      undefined,
    ],
    emit: (e, [name, at], outputs) => {
      const last = e.int64([-1])
      const [column] = e.node('Unsqueeze', [at, last])
      const [taken] = e.node('GatherElements', [name, column], 1, { axis: -1 })
      e.node('Squeeze', [taken, last], outputs)
    },
  })
  return y
}
