import { elementCount, type Tensor, type TypedArray } from '../../core/tensor.ts'

/** `[T(+1), C, …w]` → the first `steps` steps of `columns`, `[T, columns, …w]`; consecutive columns are copied together. */
export function gatherColumns(
  source: Tensor,
  out: TypedArray,
  steps: number,
  columns: readonly number[],
): void {
  const capacity = source.shape[1]
  const width = elementCount(source.shape.slice(2))
  const data = source.data as Float32Array
  const target = out as Float32Array
  for (let first = 0; first < columns.length; ) {
    let length = 1
    while (columns[first + length] === columns[first] + length) length++
    for (let t = 0; t < steps; t++) {
      const at = (t * capacity + columns[first]) * width
      target.set(data.subarray(at, at + length * width), (t * columns.length + first) * width)
    }
    first += length
  }
}
