import { AgonError } from '../core/errors.ts'
import { nearest, suggestion } from '../core/nearest.ts'

/** The error of {@link Environment.suite} for an id that it does not know: `suite/unknown`, with the nearest id. */
export function unknownSuite(id: string, known: readonly string[]): AgonError {
  const guess = nearest(id, known)
  return new AgonError('suite/unknown', `there is no suite '${id}'`, {
    remedy: known.length === 0 ? 'use random:<n>' : `${suggestion(id, known)} and random:<n>`,
    fields: { suite: id, known, ...(guess === undefined ? {} : { nearest: guess }) },
  })
}
