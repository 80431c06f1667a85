import { rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import { writeSynced } from '../../run/durable-file.ts'
import { makeFolders } from '../../run/make-folders.ts'

/** What is to be written, for errors. */
export interface Written {
  readonly what: 'the replay' | 'the game' | 'the list of weaknesses'
  readonly remedy: string
}

/**
 * Makes the folders of a file to come, and tries to write beside it before hours are played for it.
 * @throws AgonError `replay/unwritable`
 */
export function checkWritable(path: string, written: Written): void {
  const trial = `${path}.tmp`
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder')
    makeFolders(dirname(path))
    writeSynced(trial, '')
    rmSync(trial)
  } catch (cause) {
    throw unwritable(path, written, cause)
  }
}

export const unwritable = (place: string, { what, remedy }: Written, cause: unknown): AgonError =>
  new AgonError('replay/unwritable', `${what} cannot be written: ${(cause as Error).message}`, {
    place,
    remedy,
    cause,
  })
