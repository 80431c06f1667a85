import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Bytes that this user may still write where `path` is, or where its nearest existing parent is. */
export async function freeDisk(path: string): Promise<number> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder)
        throw error
    }
  }
}
