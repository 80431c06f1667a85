import { AgonError } from '../../core/errors.ts'
import type { DType } from '../../core/tensor.ts'
import type { Shape } from './dims.ts'
import type { Value } from './graph.ts'

export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/** The error of every operation that is given the wrong shapes: names the operation, the expected and the found. */
export function shapeError(op: string, expected: string, found: readonly Shape[]): AgonError {
  const shapes = found.map(formatShape).join(' and ')
  return new AgonError('graph/shape', `${op}: expected ${expected}, found ${shapes}`, {
    fields: { op, expected, found: found.map((shape) => [...shape]) },
  })
}

export function requireDType(op: string, value: Value, allowed: readonly DType[]): void {
  if (!allowed.includes(value.dtype)) {
    throw new AgonError(
      'graph/dtype',
      `${op}: expected ${allowed.join(' or ')}, found ${value.dtype} ${formatShape(value.shape)}`,
      { remedy: 'cast(x, dtype) converts', fields: { op, expected: allowed, found: value.dtype } },
    )
  }
}

export const FLOATS: readonly DType[] = ['float32', 'float64']
export const INTEGERS: readonly DType[] = ['int32', 'int64', 'uint8']
export const NUMBERS: readonly DType[] = [...FLOATS, ...INTEGERS]

/** NumPy broadcasting. Only a literal 1 stretches; symbols must be spelled alike. Throws `graph/shape`. */
export function broadcastShapes(op: string, shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    let size: Shape[number] = 1
    for (const shape of shapes) {
      const dim = shape[axis - rank + shape.length]
      if (dim === undefined || dim === 1 || dim === size) continue
      if (size !== 1) throw shapeError(op, 'shapes that broadcast together', shapes)
      size = dim
    }
    return size
  })
}

/** A non-negative axis. Throws `graph/shape`. */
export function resolveAxis(op: string, shape: Shape, axis: number): number {
  const resolved = axis < 0 ? axis + shape.length : axis
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= shape.length) {
    throw shapeError(op, `a tensor with an axis ${axis}`, [shape])
  }
  return resolved
}

/** The size of an axis that has to be known when the graph is built. Throws `graph/shape`. */
export function knownSize(op: string, shape: Shape, axis: number): number {
  const size = shape[axis]
  if (typeof size !== 'number') throw shapeError(op, `axis ${axis} to have a known size`, [shape])
  return size
}
