import { AgonError } from 'agon'
import type { LevelSpace } from 'agon/envs'

/** float32, so that what is stored comes back bit for bit. */
export const bytesOf = (numbers: ArrayLike<number>): Uint8Array =>
  new Uint8Array(Float32Array.from(numbers).buffer)

export function numbersOf(bytes: Uint8Array, count: number, code: string): Float32Array {
  if (bytes.length === 4 * count) return new Float32Array(Uint8Array.from(bytes).buffer)
  throw new AgonError(code, `${bytes.length} bytes, not ${4 * count}`)
}

/** A level is a target on a line, −1 … 1. */
export const targets: LevelSpace<number> = {
  sample: (stream) => Math.fround(2 * stream.uniform() - 1),
  mutate: (level, stream) => ({
    level: Math.fround(Math.max(-1, Math.min(1, level + 0.2 * stream.normal()))),
    operator: 'shift',
  }),
  key: String,
  encode: (level) => bytesOf([level]),
  decode: (bytes) => numbersOf(bytes, 1, 'level/corrupt')[0],
  format: String,
  parse: Number,
  validate: (level) => (Math.abs(level) <= 1 ? null : 'a target lies between -1 and 1'),
  features: (level) => ({ distance: Math.abs(level) }),
}
