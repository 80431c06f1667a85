import { AgonError } from '../../../core/errors.ts'

/** Of proto/agon/v1/actors.proto; raised when an older side could misunderstand a newer one. */
export const PROTOCOL_VERSION = 1

/** Label of a node that gives none. */
export const DEFAULT_LABEL = 'node'

/** @throws AgonError `wire/version` where the other side speaks none that this side speaks */
export function checkVersions(versions: readonly number[]): void {
  if (versions.includes(PROTOCOL_VERSION)) return
  const spoken = versions.length === 0 ? 'none' : versions.join(', ')
  throw new AgonError(
    'wire/version',
    `this side speaks version ${PROTOCOL_VERSION} of the protocol, the other names ${spoken}`,
    { remedy: 'use a client and a hub of the same Agon' },
  )
}
