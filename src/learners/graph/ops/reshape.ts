import { array64 } from '../array.ts'
import { canonicalDim, dimValue, divideShapes, type Shape, sameShape } from '../dims.ts'
import { addNode, type Value } from '../graph.ts'
import { formatShape, shapeError } from '../shape.ts'

/** The target with its -1 (at most one) worked out. */
function resolve(x: Value, wanted: Shape): Shape {
  const shape = wanted.map(canonicalDim)
  const free = shape.indexOf(-1)
  const rest = free < 0 ? shape : shape.filter((_, axis) => axis !== free)
  const quotient = divideShapes(x.shape, rest)
  const fits = quotient !== undefined && (free >= 0 || quotient === 1) && !rest.includes(-1)
  if (!fits) {
    throw shapeError('reshape', `a shape with as many elements as ${formatShape(shape)}`, [x.shape])
  }
  return free < 0 ? shape : shape.with(free, quotient)
}

/** The ONNX target if no symbol has to be read at run time: 0 copies the input's size, -1 is worked out. */
function staticTarget(from: Shape, to: Shape): number[] | undefined {
  let free = 0
  const target = to.map((dim, axis) => {
    if (typeof dim === 'number') return dim
    if (dim === from[axis]) return 0
    free++
    return -1
  })
  return free <= 1 && !to.includes(0) ? target : undefined
}

/** The same elements in the same row-major order under another shape; -1 stands once for what is left. */
export function reshape(x: Value, wanted: Shape): Value {
  const shape = resolve(x, wanted)
  if (sameShape(shape, x.shape)) return x
  const [y] = addNode(x.graph, 'reshape', [x], [{ dtype: x.dtype, shape }], {
    evaluate: ([array], binding) => [
      array64(
        shape.map((dim) => dimValue(dim, binding)),
        array.data,
      ),
    ],
    gradient: ([g]) => [g && reshape(g, x.shape)],
    emit: (e, [name], outputs) => {
      const target = staticTarget(x.shape, shape)
      e.node('Reshape', [name, target ? e.int64(target) : e.shape(shape)], outputs)
    },
  })
  return y
}
