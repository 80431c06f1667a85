import { readFileSync, statSync } from 'node:fs'
import { keyFault } from './failures.ts'

/** Where a key is; never the key itself. */
export interface KeySource {
  /** Name of an environment variable. */
  readonly apiKeyEnv?: string
  /** Path of a file that only its owner can read. */
  readonly apiKeyFile?: string
}

/** Keys that are shorter are words that servers want to see, such as `none`. */
const LEAST_SECRET = 8

/**
 * The key that a source names; null where it names none.
 * @throws AgonError `model/key` where there is none, where others can read it, and where no header can hold it
 */
export function readApiKey(
  { apiKeyEnv, apiKeyFile }: KeySource,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (apiKeyFile !== undefined) return checked(fromFile(apiKeyFile), apiKeyFile)
  if (apiKeyEnv === undefined) return null
  const key = env[apiKeyEnv]?.trim()
  if (key !== undefined && key !== '') return checked(key, apiKeyEnv)
  throw keyFault(
    `the environment has no ${apiKeyEnv}, which is to hold the key`,
    `export ${apiKeyEnv} where the service runs, or name a file as apiKeyFile`,
  )
}

function fromFile(path: string): string {
  let text: string
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      throw keyFault('others can read this key', `chmod 600 ${path}`, path)
    text = readFileSync(path, 'utf8').trim()
  } catch (cause) {
    const { code, message } = cause as Error & { readonly code?: string }
    if (code === 'model/key') throw cause
    throw keyFault(`the key cannot be read: ${message}`, 'name a file of your own', path)
  }
  if (text === '') throw keyFault('the file of the key is empty', 'write the key into it', path)
  return text
}

/** What is wrong with it is told without it. */
function checked(key: string, place: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw keyFault('a key has printable characters alone, and no blanks', 'write it anew', place)
}

/** Takes a key out of a text, in each form in which a server may give it back. */
export function redacting(key: string | null): (text: string) => string {
  if (key === null || key.length < LEAST_SECRET) return (text) => text
  const forms = new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)])
  return (text) => [...forms].reduce((left, form) => left.replaceAll(form, '[key]'), text)
}
