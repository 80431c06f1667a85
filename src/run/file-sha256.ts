import { existsSync, readFileSync } from 'node:fs'
import { sha256 } from '../core/bytes.ts'

/** Null where there is no such file. */
export const fileSha256 = (path: string): string | null =>
  existsSync(path) ? sha256(readFileSync(path)) : null
