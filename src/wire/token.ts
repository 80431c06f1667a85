import { randomBytes, timingSafeEqual } from 'node:crypto'
import { closeSync, fchmodSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { sha256 } from '../core/bytes.ts'
import { AgonError } from '../core/errors.ts'

/**
 * What whoever dials must know. A token stands in a file of its own (mode 0600) or in an environment variable; never in a
 * rendezvous file, a log or a command line.
 */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The variable that may hold a token for what a command dials. */
export const TOKEN_VARIABLE = 'AGON_TOKEN'

const LEAST_CHARACTERS = 16

/**
 * The token of a listener: the one of the environment, where whoever dials has been given it the same way, or a new one.
 * @throws AgonError `wire/token-weak`
 */
export function ownToken(env: Readonly<Record<string, string | undefined>>): string {
  const given = env[TOKEN_VARIABLE]
  if (given === undefined || given === '') return newToken()
  if (given.length >= LEAST_CHARACTERS && /^[\x21-\x7e]+$/.test(given)) return given
  throw new AgonError(
    'wire/token-weak',
    `the token in ${TOKEN_VARIABLE} must have at least ${LEAST_CHARACTERS} characters, printable and without blanks`,
    { remedy: `unset ${TOKEN_VARIABLE}, and a new token is made` },
  )
}

/** Made for its owner alone from the first moment on; an older file at `path` is replaced. */
export function writeTokenFile(path: string, token: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    // The mode of `open` does not touch a file that is there already.
    fchmodSync(file, 0o600)
    writeSync(file, `${token}\n`)
  } finally {
    closeSync(file)
  }
}

/**
 * @throws AgonError `wire/token-file` where there is none, where others can read it, or where it is empty
 */
export function readTokenFile(path: string): string {
  const refuse = (message: string, remedy: string, cause?: unknown): AgonError =>
    new AgonError('wire/token-file', message, { place: path, remedy, cause })
  let token: string
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw refuse('others can read this token', `chmod 600 ${path}`)
    token = readFileSync(path, 'utf8').trim()
  } catch (cause) {
    if (cause instanceof AgonError) throw cause
    throw refuse(
      `the token cannot be read: ${(cause as Error).message}`,
      'a token lives as long as what listens; see whether that is still there',
      cause,
    )
  }
  if (token === '') throw refuse('the token file is empty', 'start again what listens')
  return token
}

/** In a time that tells nothing of where two tokens differ. */
export function sameToken(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)))
}

export const bearer = (token: string): string => `Bearer ${token}`
