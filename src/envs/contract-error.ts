import { AgonError, toErrorRecord } from '../core/errors.ts'

/** Codes that the contract of environments has a meaning for: `state/unsupported`, `level/invalid`. */
const CODE = /^(env|environment|level|state|suite)(\/[a-z0-9-]+)+$/

/**
 * What an environment refuses by a code of its contract. Modules that do without this package throw an error that has such a `code`, and
 * those with a copy of their own an error of that copy. Null for anything else that is thrown.
 */
export function contractError(thrown: unknown): AgonError | null {
  if (thrown instanceof AgonError) return thrown
  const { code, remedy, place, fields } = (thrown ?? {}) as Record<string, unknown>
  if (typeof code !== 'string' || !CODE.test(code)) return null
  const { message } = toErrorRecord(thrown)
  return new AgonError(code, message, {
    ...(typeof remedy === 'string' ? { remedy } : {}),
    ...(typeof place === 'string' ? { place } : {}),
    ...(isRecord(fields) ? { fields } : {}),
    cause: thrown,
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
