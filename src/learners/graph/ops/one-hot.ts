import { array64 } from '../array.ts'
import { addNode, type Value } from '../graph.ts'
import { INTEGERS, requireDType } from '../shape.ts'
import { cast } from './compare.ts'

/** `[...]` integers → `[..., depth]` float32 with a 1 at each index; an index outside gives zeros. */
export function oneHot(indices: Value, depth: number): Value {
  requireDType('oneHot', indices, INTEGERS)
  const index = cast(indices, 'int64')
  const type = { dtype: 'float32', shape: [...index.shape, depth] } as const
  const [y] = addNode(index.graph, 'oneHot', [index], [type], {
    evaluate: ([array]) => {
      const out = array64([...array.shape, depth])
      array.data.forEach((at, i) => {
        if (at >= 0 && at < depth) out.data[i * depth + at] = 1
      })
      return [out]
    },
    emit: (e, [name], outputs) => {
      const [column] = e.node('Unsqueeze', [name, e.int64([-1])])
      const classes = e.int64(Array.from({ length: depth }, (_, i) => i))
      const [hit] = e.node('Equal', [column, classes])
      e.node('Cast', [hit], outputs, { to: 1 })
    },
  })
  return y
}
