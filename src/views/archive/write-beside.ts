import { dirname } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { systemRemedy } from '../../core/system-errors.ts'
import { replaceFile } from '../../run/durable-file.ts'
import { makeFolders } from '../../run/make-folders.ts'

/** Writes what a stress test says of itself, whole or not at all. @throws AgonError `stress/unwritable` */
export function writeBeside(path: string, text: string): void {
  try {
    makeFolders(dirname(path))
    replaceFile(path, text)
  } catch (cause) {
    throw new AgonError('stress/unwritable', `it cannot be written: ${(cause as Error).message}`, {
      place: path,
      remedy: systemRemedy(cause) ?? 'give a path of your own',
      cause,
    })
  }
}
