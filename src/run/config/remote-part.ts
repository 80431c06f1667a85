import { resolve } from 'node:path'
import { parseAddress } from '../../wire/address.ts'
import { isMapping } from './mapping.ts'

const FILES: readonly string[] = ['address', 'tokenFile', 'authority', 'certificate', 'key']

/**
 * `env: { remote: address, … }` is short for `env: { id: remote, address, … }`. Its files are given relative to the
 * config; a resumed run reads them from another folder, so they are kept absolute.
 */
export function expandRemote(part: unknown, baseDir: string): unknown {
  if (!isMapping(part)) return part
  const { remote, ...rest } = part
  const short = rest.id === undefined && remote !== undefined
  if (!short && rest.id !== 'remote') return part
  const written = short ? { id: 'remote', address: remote, ...rest } : part
  return Object.fromEntries(
    Object.entries(written).map(([key, value]) => [
      key,
      FILES.includes(key) && typeof value === 'string' && !isAddress(value)
        ? resolve(baseDir, value)
        : value,
    ]),
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
