import { resolve } from 'node:path'
import { parseAddress } from '../../wire/address.ts'
import { isMapping } from './mapping.ts'

const FILES: readonly string[] = ['address', 'tokenFile', 'authority', 'certificate', 'key']

/**
 * `env: { remote: address, … }` is short for `env: { id: remote, address, … }`. Its files are given relative to the
 * config; a resumed run reads them from another folder, so they are made absolute.
 */
export function expandRemote(part: unknown, baseDir: string): unknown {
  if (!isMapping(part)) return part
  const { remote, ...rest } = part
  const short = rest.id === undefined && remote !== undefined
  if (!short && rest.id !== 'remote') return part
  const written = short ? { id: 'remote', address: remote, ...rest } : part
  return mapRemoteFiles(written, (path) => resolve(baseDir, path))
}

/** The files that the options of a remote environment name, each as `place` would write it; null leaves it out. */
export function mapRemoteFiles(
  options: Readonly<Record<string, unknown>>,
  place: (path: string) => string | null,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(options).flatMap(([key, value]) => {
      if (!FILES.includes(key) || typeof value !== 'string' || isAddress(value))
        return [[key, value]]
      const placed = place(value)
      return placed === null ? [] : [[key, placed]]
    }),
  )
}

function isAddress(text: string): boolean {
  try {
    parseAddress(text)
    return true
  } catch {
    return false
  }
}
