import { fromUtf8, utf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import type { LevelSpace } from '../../envs/contract.ts'

/**
 * The smallest level space: a level is an integer 0 … `count`−1, its bytes are its decimal digits, an edit adds 1 … 3.
 * For tests of adversaries, which must not know what a level is.
 */
export function integerLevels(count: number): LevelSpace<number> {
  const decode = (bytes: Uint8Array): number => {
    const text = fromUtf8(bytes)
    if (!/^\d+$/.test(text))
      throw new AgonError('level/corrupt', `'${text}' is not an integer level`)
    return Number(text)
  }
  return {
    sample: (stream) => stream.integer(count),
    mutate: (level, stream) => ({
      level: (level + 1 + stream.integer(3)) % count,
      operator: 'edit',
    }),
    key: String,
    encode: (level) => utf8(String(level)),
    decode,
    format: String,
    parse: (text) => decode(utf8(text)),
    validate: () => null,
    features: (level) => ({
      size: level,
      passable: level % 5 === 0 ? 0 : 1,
      ...(level % 5 === 0 ? {} : { min_actions: 1 + (level % 7), optimal_return: 1 }),
    }),
  }
}
