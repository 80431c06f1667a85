import { AgonError } from '../../core/errors.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import type { BatchAxes, BatchSpec, ShardSize } from './contract.ts'

const LEADING: Readonly<Record<BatchAxes, readonly string[]>> = {
  steps: ['T', 'B'],
  columns: ['B'],
  whole: [],
}

/**
 * Steps and columns of a batch, after every tensor was compared with its declaration.
 * @throws AgonError `learner/batch` naming the tensor, what it should be and what it is
 */
export function checkBatch(spec: BatchSpec, batch: NamedTensors): ShardSize {
  const axes: Record<string, number> = { T: 1, B: 1 }
  const fixed = new Set<string>()
  for (const [name, { dtype, shape, axes: lying }] of Object.entries(spec)) {
    const leading = LEADING[lying]
    const found = batch[name]
    const told = (axis: string): number | string => (fixed.has(axis) ? axes[axis] : axis)
    const expected = `${dtype}[${[...leading.map(told), ...shape].join(', ')}]`
    const refuse = (): never => {
      const is = found === undefined ? 'nothing' : `${found.dtype}[${found.shape.join(', ')}]`
      throw new AgonError('learner/batch', `'${name}' should be ${expected}, found ${is}`, {
        place: name,
        remedy: 'hand over what `batch` of the learner declares',
      })
    }
    if (found?.dtype !== dtype || found.shape.length !== leading.length + shape.length) refuse()
    if (shape.some((size, axis) => found.shape[leading.length + axis] !== size)) refuse()
    for (const [at, axis] of leading.entries()) {
      const size = found.shape[at]
      if (size === 0 || (fixed.has(axis) && axes[axis] !== size)) refuse()
      axes[axis] = size
      fixed.add(axis)
    }
  }
  const [extra] = Object.keys(batch).filter((name) => !(name in spec))
  if (extra !== undefined)
    throw new AgonError(
      'learner/batch',
      `the batch has '${extra}', which the learner does not read`,
      {
        place: extra,
        remedy: `it reads ${Object.keys(spec).join(', ')}`,
      },
    )
  return { steps: axes.T, columns: axes.B }
}
