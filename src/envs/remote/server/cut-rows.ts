import { elementCount, tensor, typedArray } from '../../../core/tensor.ts'
import { type agon, encodeNamed } from '../../../wire/index.ts'
import type { EnvironmentSpec, StepBuffers } from '../../contract.ts'
import { isCut, someCut } from '../../finals.ts'

const NONE: readonly agon.v1.NamedTensor.$Properties[] = []

/** What was seen last in the rows that a step cut, `[cut rows, …shape]`. Allocates only where there are some. */
export function cutRows(
  { observations }: Pick<EnvironmentSpec, 'observations'>,
  buffers: StepBuffers,
): agon.v1.NamedTensor.$Properties[] {
  const { truncated, finals } = buffers
  if (finals === undefined || !someCut(buffers)) return NONE as agon.v1.NamedTensor.$Properties[]
  const rows = [...truncated.keys()].filter((row) => isCut(buffers, row))
  const taken = Object.entries(observations).map(([name, { dtype, shape }]) => {
    const width = elementCount(shape)
    const data = typedArray(dtype, rows.length * width)
    rows.forEach((row, i) => {
      data.set(finals[name].subarray(row * width, (row + 1) * width) as never, i * width)
    })
    return [name, tensor(dtype, [rows.length, ...shape], data as never)] as const
  })
  return encodeNamed(Object.fromEntries(taken))
}
