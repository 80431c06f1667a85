import { createHash } from 'node:crypto'
import type { Probe } from '../learners/contract.ts'

/** The probe of that name over some levels, as a batch names it: known by their digest, so that they cross once. */
export function levelProbe(name: string, levels: readonly Uint8Array[]): Probe {
  const hash = createHash('sha256')
  for (const level of levels) hash.update(level)
  return { name, digest: hash.digest('hex'), levels }
}
