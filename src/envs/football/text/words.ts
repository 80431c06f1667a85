import { AgonError } from '../../../core/errors.ts'
import { nearest } from '../../../core/nearest.ts'

/** A word of a line, which knows where it stands. */
export interface Word {
  readonly text: string
  /** `line 3, ball` */
  readonly place: string
  invalid(message: string, remedy?: string): AgonError
  /** @throws AgonError `level/invalid` with the nearest, where one is near */
  among<T extends string>(allowed: readonly T[]): T
}

export const invalid = (message: string, place: string, remedy?: string): AgonError =>
  new AgonError('level/invalid', message, { place, ...(remedy === undefined ? {} : { remedy }) })

export function wordAt(text: string, line: number, field: string): Word {
  const place = `line ${line}, ${field}`
  return {
    text,
    place,
    invalid: (message, remedy) => invalid(message, place, remedy),
    among(allowed) {
      const found = allowed.find((one) => one === text)
      if (found !== undefined) return found
      const near = nearest(text, allowed)
      throw invalid(
        `'${text}' is not one of ${allowed.join(', ')}`,
        place,
        near === undefined ? undefined : `did you mean '${near}'?`,
      )
    },
  }
}

/** Decimal, as float32. */
export function readNumber(word: Word): number {
  const value = Math.fround(Number(word.text)) + 0
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word.text) && Number.isFinite(value))
    return value
  throw word.invalid(`'${word.text}' is not a number`, 'write it like -0.25')
}

/** @param names what the numbers are, for errors */
export function readNumbers(
  words: readonly Word[],
  key: Word,
  names: readonly string[],
): readonly number[] {
  if (words.length !== names.length)
    throw key.invalid(`has ${words.length} numbers`, `give ${names.join(' and ')}`)
  return words.map(readNumber)
}

export function readWhole(words: readonly Word[], key: Word): number {
  const [word] = words
  if (words.length === 1 && /^\d{1,9}$/.test(word.text)) return Number(word.text)
  throw key.invalid(`'${words.map(({ text }) => text).join(' ')}' is not a whole number`)
}
