import { lstatSync, readdirSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { AgonError } from '../core/errors.ts'

/** Bytes that this user may still write where `path` is, or where its nearest existing parent is. */
export function freeDisk(path: string): number {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      const absent = code === 'ENOENT' || code === 'ENOTDIR'
      if (!absent || dirname(folder) === folder) throw error
    }
  }
}

/** @throws AgonError `run/disk-full` where the disk will not hold `needed` more bytes */
export function checkSpace(path: string, needed: number): void {
  const free = freeDisk(path)
  if (free < needed)
    throw new AgonError(
      'run/disk-full',
      `the run needs about ${Math.ceil(needed / 1e6)} MB for its cuts and metrics, the disk has ${Math.floor(free / 1e6)} MB`,
      { place: path, remedy: 'free some space, lower cuts.keep, or give another --out' },
    )
}

/** Bytes of all files under `folder`. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    return sum + (entry.isDirectory() ? sizeOf(path) : lstatSync(path).size)
  }, 0)
}
