import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { AgonError } from '../core/errors.ts'
import { systemRemedy } from '../core/system-errors.ts'

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

/** Forces what was appended to a file to the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
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

/**
 * Replaces `path` at once: a reader sees the old content or the new, never a part.
 * @throws AgonError `run/write`
 */
export function replaceFile(path: string, content: Uint8Array | string): void {
  const aside = `${path}.tmp`
  try {
    writeSynced(aside, content)
    renameSync(aside, path)
    syncDirectory(dirname(path))
  } catch (cause) {
    removeLeft(aside)
    throw writeFailed(path, cause)
  }
}

/** What is left of a write that failed; the failure is the error to tell, whatever becomes of this. */
export function removeLeft(path: string, recursive = false): void {
  try {
    rmSync(path, { recursive, force: true })
  } catch {}
}

/** A file of a run that has begun cannot be written, most often because the disk is full. */
export const writeFailed = (path: string, cause: unknown): AgonError =>
  new AgonError('run/write', `${basename(path)} cannot be written: ${(cause as Error).message}`, {
    place: path,
    remedy: `${systemRemedy(cause) ?? 'see that the disk has room'}, then go on with \`agon resume\``,
    cause,
  })
