import { AgonError } from '../core/errors.ts'
import type { GenomeBounds } from './contract.ts'

/**
 * A point inside the bounds, as every genome takes one: each number is clipped to its bounds, then rounded to the nearest
 * whole number where the genome has whole numbers there, halves upwards.
 * @throws AgonError `level/genome` for another length, or for what is no number
 */
export function boundedPoint(vector: ArrayLike<number>, bounds: GenomeBounds): Float64Array {
  const { low, high, names, integer } = bounds
  if (vector.length !== names.length)
    throw genomeError(`a point has ${names.length} numbers, not ${vector.length}`, bounds)
  return Float64Array.from(names, (name, i) => {
    const given = vector[i]
    if (Number.isNaN(given)) throw genomeError(`'${name}' is no number`, bounds)
    const clipped = Math.min(Math.max(given, low[i]), high[i])
    return integer?.[i] === true ? Math.floor(clipped + 0.5) : clipped
  })
}

export function genomeError(message: string, { names }: Pick<GenomeBounds, 'names'>): AgonError {
  return new AgonError('level/genome', message, {
    remedy: 'give one number for each name of the genome, in their order',
    fields: { numbers: names.length },
  })
}
