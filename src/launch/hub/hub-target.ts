import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HUB_FILES } from './hub-files.ts'

/** What a user gave to say which run or hub is meant. */
export type HubTarget =
  /** `host:port`, or a rendezvous file that is there. */
  | { readonly kind: 'dial'; readonly target: string }
  /** A directory without a rendezvous file: nothing listens for it. */
  | { readonly kind: 'silent'; readonly dir: string }

/** A run directory, the folder of an `agon hub`, a rendezvous file, or an address. */
export function hubTarget(given: string): HubTarget {
  if (!existsSync(given) || !statSync(given).isDirectory()) return { kind: 'dial', target: given }
  const file = join(given, HUB_FILES.rendezvous)
  return existsSync(file) ? { kind: 'dial', target: file } : { kind: 'silent', dir: given }
}
