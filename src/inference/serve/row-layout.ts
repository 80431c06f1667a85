import { BYTES_PER_ELEMENT, type DType, elementCount } from '../../core/tensor.ts'
import { describeValue, type ValueInfo } from '../binding.ts'

/** One input or output whose outermost axis is the rows of a batch. */
export interface RowTensor {
  readonly name: string
  readonly dtype: DType
  /** Of one row. */
  readonly shape: readonly number[]
  readonly rowBytes: number
  /** Where its rows begin in the memory of a batch, bytes. */
  readonly offset: number
}

/** Where the rows of a batch lie: tensor after tensor, each with room for `capacity` rows that follow each other. */
export interface RowLayout {
  readonly capacity: number
  readonly inputs: readonly RowTensor[]
  readonly outputs: readonly RowTensor[]
  readonly bytes: number
}

/** Rows begin on cache lines, which suits every element type too. */
const ALIGNMENT = 64

/**
 * The layout of a graph whose requests can share a batch: every input and output has the rows as its outermost axis, free
 * in size, and no other free axis.
 * @returns the layout, or the sentence that says why there is none
 */
export function rowLayout(
  inputs: readonly ValueInfo[],
  outputs: readonly ValueInfo[],
  capacity: number,
): RowLayout | string {
  const obstacle = [...inputs, ...outputs].find((value) => !isRows(value))
  if (obstacle !== undefined)
    return `'${obstacle.name}' is ${describeValue(obstacle.dtype, obstacle.shape)}: a batch needs one free axis, the outermost`
  let bytes = 0
  const place = ({ name, dtype, shape }: ValueInfo): RowTensor => {
    const row = shape.slice(1).map(Number)
    const rowBytes = elementCount(row) * BYTES_PER_ELEMENT[dtype]
    const offset = bytes
    bytes += Math.ceil((capacity * rowBytes) / ALIGNMENT) * ALIGNMENT
    return { name, dtype, shape: row, rowBytes, offset }
  }
  return { capacity, inputs: inputs.map(place), outputs: outputs.map(place), bytes }
}

function isRows({ shape }: ValueInfo): boolean {
  const [first, ...rest] = shape
  return typeof first === 'string' && rest.every((size) => typeof size === 'number')
}
