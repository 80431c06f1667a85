import { aroundAxis, array64 } from '../array.ts'
import { addNode, type Value } from '../graph.ts'
import { FLOATS, requireDType, resolveAxis } from '../shape.ts'

/** Running sum along one axis, from its end with `reverse`. */
export function cumsum(x: Value, along: number, { reverse = false } = {}): Value {
  requireDType('cumsum', x, FLOATS)
  const axis = resolveAxis('cumsum', x.shape, along)
  const [y] = addNode(x.graph, 'cumsum', [x], [x], {
    evaluate: ([array]) => {
      const { outer, size, inner } = aroundAxis(array.shape, axis)
      const out = array64(array.shape)
      for (let i = 0; i < outer * inner; i++) {
        const base = Math.floor(i / inner) * size * inner + (i % inner)
        let sum = 0
        for (let k = 0; k < size; k++) {
          const at = base + (reverse ? size - 1 - k : k) * inner
          sum += array.data[at]
          out.data[at] = sum
        }
      }
      return [out]
    },
    gradient: ([g]) => [g && cumsum(g, axis, { reverse: !reverse })],
    emit: (e, [name], outputs) => {
      const [scalar] = e.node('Squeeze', [e.int64([axis]), e.int64([0])])
      e.node('CumSum', [name, scalar], outputs, { reverse: Number(reverse) })
    },
  })
  return y
}
