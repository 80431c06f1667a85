import { statSync } from 'node:fs'

/** What tells a file from what it was: `null` where there is none. */
function stampOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? '-' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`
    })
    .join('; ')
}

/**
 * Calls `onChange` when files have changed and have been left alone for one `intervalMs`: whoever writes them may not be
 * done at the first sign. Asks the file system again and again, which works on network file systems too.
 * @returns ends it
 */
export function watchFiles(
  paths: readonly string[],
  intervalMs: number,
  onChange: () => void,
): () => void {
  let known = stampOf(paths)
  let last = known
  const timer = setInterval(() => {
    const now = stampOf(paths)
    if (now === last && now !== known) {
      known = now
      onChange()
    }
    last = now
  }, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}
