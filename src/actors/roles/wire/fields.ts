import { AgonError } from '../../../core/errors.ts'
import { DEEPEST_JSON, jsonNesting } from '../../../core/json-nesting.ts'
import type { Json } from '../../../core/snapshot.ts'
import { checkNumbers } from '../numbers.ts'

/** What a message of another program may hold, checked on its way in. */

/** Characters of a name: of a slot, a task, a level, an operator. */
const LONGEST_NAME = 200

export const nonsense = (message: string, remedy?: string): AgonError =>
  new AgonError('wire/body', message, remedy === undefined ? {} : { remedy })

/** A name: short, and without a character that a terminal obeys. @throws AgonError `wire/body` */
export function text(value: string | null | undefined, field: string, most = LONGEST_NAME): string {
  const name = document(value, field, most)
  if (/\p{Cc}/u.test(name))
    throw nonsense(`${field} has a control character`, 'use printable characters')
  return name
}

/** Text of at most `most` characters. @throws AgonError `wire/body` */
export function document(
  value: string | null | undefined,
  field: string,
  most = Number.POSITIVE_INFINITY,
): string {
  if (value == null || value === '') throw nonsense(`${field} is empty`)
  if (value.length > most)
    throw nonsense(`${field} has ${value.length} characters, at most ${most}`)
  return value
}

/** A whole number from 1 to `most`. @throws AgonError `wire/body` */
export function positive(
  value: number | null | undefined,
  field: string,
  most = Number.MAX_SAFE_INTEGER,
): number {
  if (value == null || !(value >= 1)) throw nonsense(`${field} is ${value ?? 0}; it is at least 1`)
  return upTo(value, field, most)
}

/** A whole number from 0 to `most`. @throws AgonError `wire/body` */
export function upTo(value: number | null | undefined, field: string, most: number): number {
  const given = value ?? 0
  if (!(Number.isSafeInteger(given) && given >= 0 && given <= most))
    throw nonsense(`${field} is ${given}; it is at most ${most}`)
  return given
}

/** A list of at most `most`. @throws AgonError `wire/body` */
export function listed<T>(
  value: readonly T[] | null | undefined,
  field: string,
  most: number,
): readonly T[] {
  const list = value ?? []
  if (list.length > most) throw nonsense(`${field} has ${list.length} entries, at most ${most}`)
  return list
}

/** Names with something under each; at most `most`. @throws AgonError `wire/body` */
export function named<T>(
  value: Readonly<Record<string, T>> | null | undefined,
  field: string,
  most: number,
): Readonly<Record<string, T>> {
  const record = { ...value }
  for (const name of listed(Object.keys(record), field, most)) text(name, `a name in ${field}`)
  return record
}

/** Metrics, timings, extras. @throws AgonError `metrics/name`, `metrics/count`, `wire/number` */
export function numbers(
  record: Readonly<Record<string, number>> | null | undefined,
  field: string,
): Readonly<Record<string, number>> {
  const given = { ...record }
  checkNumbers(given, field)
  for (const name in given) finite(given[name], `${field}.${name}`)
  return given
}

/** @throws AgonError `wire/number` */
export function finite(value: number | null | undefined, field: string): number {
  const number = value ?? 0
  if (!Number.isFinite(number))
    throw new AgonError('wire/number', `${field} is ${number}`, {
      remedy: 'send finite numbers, and leave out what is none',
    })
  return number
}

/** @throws AgonError `wire/body` */
export function json(text: string | null | undefined, field: string): Json {
  if (text == null || text === '') return null
  checkNesting(text, field)
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new AgonError('wire/body', `${field} is no JSON: ${(cause as Error).message}`, { cause })
  }
}

/** @throws AgonError `wire/body` */
export function checkNesting(json: string, field: string): void {
  const nesting = jsonNesting(json)
  if (nesting > DEEPEST_JSON)
    throw nonsense(`${field} nests ${nesting} deep, at most ${DEEPEST_JSON}`)
}

/** A number from 0 on. @throws AgonError `wire/number` */
export function amount(value: number | null | undefined, field: string): number {
  const number = finite(value, field)
  if (number < 0) throw new AgonError('wire/number', `${field} is ${number}; it is at least 0`)
  return number
}

/** @throws AgonError `wire/body` */
export function present<T>(value: T | null | undefined, field: string): T {
  if (value == null) throw nonsense(`${field} is missing`)
  return value
}

/**
 * Bytes of their own, as plain as every other transport gives them: what arrives is a view that would keep its whole message alive.
 * @throws AgonError `wire/body`
 */
export function bytes(value: Uint8Array | null | undefined, field: string): Uint8Array {
  return new Uint8Array(present(value, field))
}
