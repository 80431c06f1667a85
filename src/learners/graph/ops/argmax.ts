import { array64 } from '../array.ts'
import { addNode, type Value } from '../graph.ts'
import { NUMBERS, requireDType, shapeError } from '../shape.ts'

/** int64 index of the largest element of the last axis, the first at a tie: `[..., N]` → `[...]`. No gradient. */
export function argMax(x: Value): Value {
  requireDType('argMax', x, NUMBERS)
  if (x.shape.length === 0) throw shapeError('argMax', 'at least one axis', [x.shape])
  const type = { dtype: 'int64', shape: x.shape.slice(0, -1) } as const
  const [y] = addNode(x.graph, 'argMax', [x], [type], {
    evaluate: ([array]) => {
      const size = array.shape[array.shape.length - 1]
      const out = array64(array.shape.slice(0, -1))
      for (let i = 0; i < out.data.length; i++) {
        const row = array.data.subarray(i * size, (i + 1) * size)
        out.data[i] = row.indexOf(row.reduce((a, b) => Math.max(a, b)))
      }
      return [out]
    },
    emit: (e, inputs, outputs) => void e.node('ArgMax', inputs, outputs, { axis: -1, keepdims: 0 }),
  })
  return y
}
