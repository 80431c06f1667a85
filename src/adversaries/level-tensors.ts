import { AgonError } from '../core/errors.ts'
import { type NamedTensors, tensor } from '../core/tensor.ts'

/** Levels that an adversary remembers as the tensors of a snapshot: `levels`, one after the other, and their `lengths`. */
export function levelTensors(levels: readonly Uint8Array[]): NamedTensors {
  const lengths = Int32Array.from(levels, ({ length }) => length)
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  levels.reduce((at, level) => {
    bytes.set(level, at)
    return at + level.length
  }, 0)
  return {
    levels: tensor('uint8', [bytes.length], bytes),
    lengths: tensor('int32', [lengths.length], lengths),
  }
}

/** @throws AgonError `snapshot/corrupt` where they are not those of {@link levelTensors} */
export function levelsOfTensors({ levels, lengths }: NamedTensors): Uint8Array[] {
  const sizes = lengths?.dtype === 'int32' ? Array.from(lengths.data, Number) : null
  const total = sizes?.reduce((sum, size) => sum + size, 0)
  if (sizes === null || levels?.dtype !== 'uint8' || levels.data.length !== total)
    throw new AgonError('snapshot/corrupt', 'the tensors levels and lengths do not fit together')
  let at = 0
  return sizes.map((size) => {
    at += size
    return (levels.data as Uint8Array).slice(at - size, at)
  })
}
