import { array64, stridesOf, walk } from '../array.ts'
import { addNode, type Value } from '../graph.ts'
import { shapeError } from '../shape.ts'

/** Reorders axes: axis `i` of the result is axis `permutation[i]` of `x`; the axes reversed by default. */
export function transpose(x: Value, permutation?: readonly number[]): Value {
  const perm = permutation ?? x.shape.map((_, axis) => x.shape.length - 1 - axis)
  const valid =
    perm.length === x.shape.length && [...perm].sort((a, b) => a - b).every((axis, i) => axis === i)
  if (!valid) throw shapeError('transpose', `as many axes as the permutation [${perm}]`, [x.shape])
  if (perm.every((axis, i) => axis === i)) return x
  const shape = perm.map((axis) => x.shape[axis])
  const [y] = addNode(x.graph, 'transpose', [x], [{ dtype: x.dtype, shape }], {
    evaluate: ([array]) => {
      const strides = stridesOf(array.shape)
      const out = array64(perm.map((axis) => array.shape[axis]))
      const moved = perm.map((axis) => strides[axis])
      walk(out.shape, moved, (flat, position) => {
        out.data[flat] = array.data[position]
      })
      return [out]
    },
    gradient: ([g]) => [
      g &&
        transpose(
          g,
          perm.map((_, axis) => perm.indexOf(axis)),
        ),
    ],
    emit: (e, inputs, outputs) => void e.node('Transpose', inputs, outputs, { perm }),
  })
  return y
}
