import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file and forces it to the disk. */
export function writeSynced(path: string, content: Uint8Array | string): void {
  const file = openSync(path, 'w')
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a rename or a new name in `directory` survive a power cut; a no-op where directories cannot be opened. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces `path` at once: a reader sees the old content or the new, never a part. */
export function replaceFile(path: string, content: Uint8Array | string): void {
  const aside = `${path}.tmp`
  writeSynced(aside, content)
  renameSync(aside, path)
  syncDirectory(dirname(path))
}
