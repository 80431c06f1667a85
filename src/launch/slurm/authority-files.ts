import { chmodSync, closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { createAuthority } from '../../wire/authority.ts'

/** What {@link writeAuthority} leaves in its folder; every file is for its owner alone. */
export const AUTHORITY_FILES = {
  authority: 'authority.pem',
  server: 'server.pem',
  serverKey: 'server.key',
  client: 'client.pem',
  clientKey: 'client.key',
} as const

export interface AuthorityRequest {
  /** Made where it is not there; older files of the same names are replaced. */
  readonly folder: string
  /** Names and addresses beside those of this machine that the listener is dialled by. */
  readonly hosts: readonly string[]
  readonly days: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Makes an authority, a certificate for a listener on this machine and one for those who dial it. The authority's own key
 * is not kept: nobody can issue another certificate.
 * @returns the paths of the files
 * @throws AgonError `wire/certificate` where a host is no name or the folder cannot be written
 */
export async function writeAuthority({
  folder,
  hosts,
  days,
  now,
}: AuthorityRequest): Promise<readonly string[]> {
  const wrong = hosts.find((host) => !HOST.test(host))
  if (wrong !== undefined)
    throw new AgonError('wire/certificate', `'${wrong}' is no host name and no IP address`, {
      place: '--host',
    })
  const authority = await createAuthority({ name: 'agon', now, days })
  const server = await authority.issueServer([...hosts, ...ownHosts()])
  const client = await authority.issueClient('agon node')
  const content: Readonly<Record<keyof typeof AUTHORITY_FILES, string>> = {
    authority: authority.certificate,
    server: server.certificate,
    serverKey: server.key,
    client: client.certificate,
    clientKey: client.key,
  }
  try {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700)
    return Object.entries(content).map(([name, text]) => {
      const path = join(folder, AUTHORITY_FILES[name as keyof typeof AUTHORITY_FILES])
      writePrivate(path, text)
      return path
    })
  } catch (cause) {
    throw new AgonError(
      'wire/certificate',
      `the certificates cannot be written: ${(cause as Error).message}`,
      { place: folder, cause },
    )
  }
}

const HOST = /^[A-Za-z0-9._:-]{1,253}$/

/** How this machine may be called: hints, none of which has to be what others can dial. */
function ownHosts(): readonly string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    // A link-local address means nothing without its interface.
    .filter(({ address }) => !address.startsWith('fe80:'))
    .map(({ address }) => address)
  return [hostname(), 'localhost', '127.0.0.1', '::1', ...addresses]
}

/** A new file: an older one may have been opened by others when its mode was another. */
function writePrivate(path: string, text: string): void {
  rmSync(path, { force: true })
  const file = openSync(path, 'wx', 0o600)
  try {
    writeSync(file, text)
  } finally {
    closeSync(file)
  }
}
