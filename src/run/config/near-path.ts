import { isAbsolute, relative, sep } from 'node:path'

/** More steps up than this lead out of a project. */
const MOST_STEPS_UP = 3
/** `/home/me` or `C:\Users\me`: what lies further up is the machine's. */
const LEAST_SHARED = 2

/** `path` as seen from `folder`, with `/` on every system; null where they are on different disks. */
export function relativePath(folder: string, path: string): string | null {
  const found = relative(folder, path)
  if (isAbsolute(found)) return null
  const text = found.split(sep).join('/')
  return text.startsWith('.') ? text : `./${text}`
}

/**
 * How `path` is written into a file of `folder`: relative where both are of one project, which may be moved as a whole; otherwise
 * as it is.
 */
export function nearPath(folder: string, path: string): string {
  const found = isAbsolute(path) ? relativePath(folder, path) : null
  if (found === null) return path
  const up = found.split('/').filter((step) => step === '..').length
  const shared = folder.split(sep).filter(Boolean).length - up
  return up > MOST_STEPS_UP || shared < LEAST_SHARED ? path : found
}
