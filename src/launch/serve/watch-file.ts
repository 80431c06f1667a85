import { statSync } from 'node:fs'

/** What tells files from what they were: the error's code for one that cannot be looked at. */
function stampOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      try {
        const { ino, size, mtimeMs } = statSync(path)
        return `${ino} ${size} ${mtimeMs}`
      } catch (error) {
        return (error as NodeJS.ErrnoException).code
      }
    })
    .join('; ')
}

/**
 * Calls `onChange` when files have changed and have been left alone for one `intervalMs`: whoever writes them may not be
 * done at the first sign. Asks the file system again and again, which works on network file systems too.
 * @param first the file that says which others belong to it: they are listed anew when it changes
 * @returns ends it; resolves once changes are seen
 */
export async function watchFiles(
  first: string,
  list: () => Promise<readonly string[]>,
  intervalMs: number,
  onChange: () => void,
): Promise<() => void> {
  let listedAt = stampOf([first])
  let paths = await list()
  let known = stampOf(paths)
  let last = known
  let looking = false
  const look = async (): Promise<void> => {
    const lead = stampOf([first])
    if (lead !== listedAt) paths = await list()
    listedAt = lead
    const now = stampOf(paths)
    if (now === last && now !== known) {
      known = now
      onChange()
    }
    last = now
  }
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look().finally(() => {
      looking = false
    })
  }, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}
