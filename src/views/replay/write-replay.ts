import { dirname } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { Replay } from '../../play/record/contract.ts'
import { replaceFile } from '../../run/durable-file.ts'
import { makeFolders } from '../../run/make-folders.ts'
import { buildReplayPage } from './build-replay-page.ts'
import { unwritable, type Written } from './check-writable.ts'

export const REPLAY: Written = {
  what: 'the replay',
  remedy: 'see that the folder may be written to and the disk has room',
}

/**
 * Writes games whole or not at all: as a page, or one game as a file that can be read again.
 * @param path `.html`, or `.json` for one game
 * @throws AgonError as {@link checkReplay}, `replay/unwritable`
 */
export function writeReplay(path: string, games: readonly Replay[]): void {
  checkReplay(path, games.length)
  const text = JSON_FILE.test(path) ? `${JSON.stringify(games[0])}\n` : buildReplayPage(games)
  try {
    makeFolders(dirname(path))
    replaceFile(path, text)
  } catch (cause) {
    throw unwritable(path, REPLAY, cause)
  }
}

const JSON_FILE = /\.json$/i

/**
 * Before anything is played or read.
 * @param games how many are to be written
 * @throws AgonError `usage/value` for another ending, `usage/argument` for several games in a `.json`
 */
export function checkReplay(path: string, games: number): void {
  if (!/\.(html|json)$/i.test(path))
    throw new AgonError(
      'usage/value',
      `a replay is written to a .html or a .json file, not ${path}`,
      { remedy: '.html is a page to look at, .json a game that `agon replay` reads' },
    )
  if (games > 1 && JSON_FILE.test(path))
    throw new AgonError('usage/argument', 'a .json file holds one game', {
      place: path,
      remedy: 'name one game, or write a .html page of several',
    })
}
