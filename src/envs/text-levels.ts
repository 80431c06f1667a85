import { fromUtf8, utf8 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'
import type { LevelSpace } from './contract.ts'

export interface TextForm<L> {
  format(level: L): string
  /** What a text says, be it a level or not. */
  read(text: string): L
  /** Why it is no level, or null. */
  validate(level: L): string | null
}

/**
 * Levels that are their text: canonical bytes, key and text form are one, and whatever is read is validated.
 * The functions throw AgonError `level/corrupt` of bytes and `level/invalid` of a text.
 */
export function textLevels<L>({
  format,
  read,
  validate,
}: TextForm<L>): Pick<
  LevelSpace<L>,
  'key' | 'encode' | 'decode' | 'format' | 'parse' | 'validate'
> {
  const checked = (text: string, code: string): L => {
    const level = read(text)
    const reason = validate(level)
    if (reason === null) return level
    throw new AgonError(code, reason, { remedy: 'give a text that the level space writes' })
  }
  return {
    key: format,
    encode: (level) => utf8(format(level)),
    decode: (bytes) => checked(fromUtf8(bytes), 'level/corrupt'),
    format,
    parse: (text) => checked(text.trim(), 'level/invalid'),
    validate,
  }
}
