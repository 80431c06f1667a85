import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AgonError } from '../core/errors.ts'
import { parseAddress } from './address.ts'
import type { Endpoint } from './dial.ts'
import { readPem } from './pem.ts'
import { readTokenFile, TOKEN_VARIABLE } from './token.ts'

/** Where something listens, for those who are to find it: a file without any secret. Paths are relative to the file. */
const rendezvousSchema = z.strictObject({
  format: z.literal(1),
  kind: z.enum(['hub', 'environments', 'policies', 'language-model', 'experiments']),
  /** `host:port`. */
  address: z.string(),
  /** Unix socket for step streams of the same machine; absent where there is none. */
  socket: z.string().optional(),
  /** The run that a hub belongs to. */
  run: z.string().optional(),
  /** For people: it names a process within its own container alone. */
  pid: z.int(),
  /** File that holds the token; absent where none is asked for. */
  tokenFile: z.string().optional(),
  /** PEM file of the authority to believe; absent without TLS. */
  authority: z.string().optional(),
  /** PEM files to show, under mutual TLS. */
  certificate: z.string().optional(),
  key: z.string().optional(),
})
export type Rendezvous = z.output<typeof rendezvousSchema>

/**
 * Written aside and renamed: whoever reads it reads all of it.
 * @returns whether it is still the one that was written: another listener may have taken its place
 */
export function writeRendezvous(path: string, rendezvous: Rendezvous): () => boolean {
  // A process id would be no name of its own: other containers have the same.
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  const text = `${JSON.stringify(rendezvous, null, 2)}\n`
  writeFileSync(aside, text)
  renameSync(aside, path)
  return () => {
    try {
      return readFileSync(path, 'utf8') === text
    } catch {
      return false
    }
  }
}

export function removeRendezvous(path: string): void {
  rmSync(path, { force: true })
}

/** @throws AgonError `wire/rendezvous` */
export function readRendezvous(path: string): Rendezvous {
  try {
    const read = rendezvousSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (read.success) return read.data
    const [issue] = read.error.issues
    throw new Error(`${issue.path.join('.')}: ${issue.message}`)
  } catch (cause) {
    throw new AgonError(
      'wire/rendezvous',
      `this is no rendezvous file: ${(cause as Error).message}`,
      {
        place: path,
        remedy:
          'give the file that the listener named when it started; it is there as long as the listener',
        cause,
      },
    )
  }
}

/** What a command was told beside the address or file. */
export interface DialHints {
  readonly tokenFile?: string
  /** PEM file; makes an address one of TLS. */
  readonly authority?: string
  readonly certificate?: string
  readonly key?: string
  /** Environment to look for AGON_TOKEN in. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Whom `target` means: a rendezvous file, or `host:port`. The token comes from the file named in the hints or in the
 * rendezvous, else from AGON_TOKEN.
 * @throws AgonError `wire/absent` where the file is not there (yet); for what waiting does not mend `wire/rendezvous`,
 * `wire/token-file`, `wire/certificate`
 */
export function resolveTarget(target: string, hints: DialHints): Endpoint {
  const found = existsSync(target) ? readRendezvous(target) : null
  const beside = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : join(dirname(target), name)
  if (found === null) parseTarget(target)
  const tokenFile = hints.tokenFile ?? beside(found?.tokenFile)
  const token = tokenFile === undefined ? hints.env[TOKEN_VARIABLE] : readTokenFile(tokenFile)
  const authority = hints.authority ?? beside(found?.authority)
  const certificate = hints.certificate ?? beside(found?.certificate)
  const key = hints.key ?? beside(found?.key)
  const pem = (path: string | undefined, what: Parameters<typeof readPem>[1]) =>
    path === undefined ? undefined : readPem(path, what)
  return {
    address: found?.address ?? target,
    ...(token === undefined ? {} : { token }),
    ...(found?.socket === undefined ? {} : { socket: found.socket }),
    security:
      authority === undefined && certificate === undefined
        ? { kind: 'plain' }
        : {
            kind: 'tls',
            authority: pem(authority, 'authority'),
            certificate: pem(certificate, 'certificate'),
            key: pem(key, 'key'),
          },
  }
}

/** A path that is not there yet looks like no address: say so, instead of dialling it. */
function parseTarget(target: string): void {
  try {
    parseAddress(target)
  } catch (cause) {
    throw new AgonError('wire/absent', `there is no file '${target}', and it is no address`, {
      remedy: 'give the rendezvous file of what listens, or host:port',
      cause,
    })
  }
}
