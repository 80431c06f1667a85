import { createRequire } from 'node:module'

/** Agon's own version, from its package.json. */
export const version: string = (
  createRequire(import.meta.url)('../package.json') as { readonly version: string }
).version
