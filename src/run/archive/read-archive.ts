import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { ArchiveFile } from './contract.ts'
import { parseFormat } from './parse-format.ts'
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
  const file = parseFormat<ArchiveFile>(text, 'elites')
  if (file !== null) return file
  throw new AgonError('run/damaged', 'archive.json is no archive', {
    place: path,
    remedy: 'delete the folder archive and run `agon resume`, which writes it again',
  })
}
