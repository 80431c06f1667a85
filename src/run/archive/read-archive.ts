import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { isMapping } from '../config/mapping.ts'
import type { ArchiveFile } from './contract.ts'
import { ARCHIVE_FOLDER } from './write-archive.ts'

/**
 * What a stress test has found.
 * @throws AgonError `stress/no-archive`, `run/damaged`
 */
export function readArchive(dir: string): ArchiveFile {
  const path = join(dir, ARCHIVE_FOLDER, 'archive.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new AgonError('stress/no-archive', 'there is no archive of a search here', {
      place: dir,
      remedy:
        'give the directory of a stress test that has ended; one that was killed gets its archive from `agon resume`',
      cause,
    })
  }
  try {
    const file: unknown = JSON.parse(text)
    if (isMapping(file) && file.format === 1 && Array.isArray(file.elites))
      return file as unknown as ArchiveFile
  } catch {
    // Reported below, with its place.
  }
  throw new AgonError('run/damaged', 'archive.json is no archive', {
    place: path,
    remedy: 'delete the folder archive and run `agon resume`, which writes it again',
  })
}
