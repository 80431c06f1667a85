import { AgonError } from '../../../core/errors.ts'
import type { Json } from '../../../core/snapshot.ts'

/** What a message of another program may hold, checked on its way in. */

const nonsense = (message: string, remedy?: string): AgonError =>
  new AgonError('wire/body', message, remedy === undefined ? {} : { remedy })

/** @throws AgonError `wire/body` */
export function text(value: string | null | undefined, field: string): string {
  if (value == null || value === '') throw nonsense(`${field} is empty`)
  return value
}

/** @throws AgonError `wire/body` */
export function positive(value: number | null | undefined, field: string): number {
  if (value == null || !(value >= 1)) throw nonsense(`${field} is ${value ?? 0}; it is at least 1`)
  return value
}

/** @throws AgonError `wire/number` where a number is not finite */
export function numbers(
  record: Readonly<Record<string, number>> | null | undefined,
  field: string,
): Readonly<Record<string, number>> {
  for (const [name, value] of Object.entries(record ?? {}))
    if (!Number.isFinite(value))
      throw new AgonError('wire/number', `${field}.${name} is ${value}`, {
        remedy: 'leave out what is not a finite number',
      })
  return { ...record }
}

/** @throws AgonError `wire/number` */
export function finite(value: number | null | undefined, field: string): number {
  const number = value ?? 0
  if (!Number.isFinite(number))
    throw new AgonError('wire/number', `${field} is ${number}`, { remedy: 'send finite numbers' })
  return number
}

/** @throws AgonError `wire/body` */
export function json(text: string | null | undefined, field: string): Json {
  if (text == null || text === '') return null
  try {
    return JSON.parse(text) as Json
  } catch (cause) {
    throw new AgonError('wire/body', `${field} is no JSON: ${(cause as Error).message}`, { cause })
  }
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
