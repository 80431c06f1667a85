/** Plain loops over float64 arrays: what references of operations are written in. Clear before fast. */

import { elementCount } from '../../core/tensor.ts'
import type { Array64 } from './graph.ts'

export function array64(shape: readonly number[], data?: Float64Array): Array64 {
  return { dtype: 'float64', shape, data: data ?? new Float64Array(elementCount(shape)) }
}

export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1)
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  return strides
}

export function broadcastSizes(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    let size = 1
    for (const shape of shapes) {
      const found = shape[axis - rank + shape.length] ?? 1
      if (found !== 1) size = found
    }
    return size
  })
}

/**
 * Calls `visit` for every index of `shape` in row-major order with the flat position under `strides`, so that a
 * stride of 0 repeats and a permuted list of strides transposes.
 */
export function walk(
  shape: readonly number[],
  strides: readonly number[],
  visit: (flat: number, position: number) => void,
): void {
  const count = elementCount(shape)
  const index = new Array<number>(shape.length).fill(0)
  let position = 0
  for (let flat = 0; flat < count; flat++) {
    visit(flat, position)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += strides[axis]
      if (++index[axis] < shape[axis]) break
      position -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
}

/** Strides that read an array of shape `from` as if it had shape `to`. */
export function broadcastStrides(from: readonly number[], to: readonly number[]): number[] {
  const own = stridesOf(from)
  return to.map((_, axis) => {
    const at = axis - to.length + from.length
    return at < 0 || from[at] === 1 ? 0 : own[at]
  })
}

export function broadcastTo(array: Array64, shape: readonly number[]): Array64 {
  const out = array64(shape)
  walk(shape, broadcastStrides(array.shape, shape), (flat, position) => {
    out.data[flat] = array.data[position]
  })
  return out
}

/** An array seen as `[outer, size, inner]` around one axis. */
export function aroundAxis(
  shape: readonly number[],
  axis: number,
): { readonly outer: number; readonly size: number; readonly inner: number } {
  return {
    outer: elementCount(shape.slice(0, axis)),
    size: shape[axis],
    inner: elementCount(shape.slice(axis + 1)),
  }
}
