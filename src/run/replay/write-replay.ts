import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { Replay } from '../../play/record/contract.ts'
import { replaceFile } from '../durable-file.ts'
import { buildReplayPage } from './build-replay-page.ts'

/**
 * Writes games whole or not at all: as a page, or one game as a file that can be read again.
 * @param path `.html`, or `.json` for the first game alone
 * @throws AgonError `usage/value` for another ending, `replay/unwritable`
 */
export function writeReplay(path: string, games: readonly Replay[]): void {
  const text = /\.json$/i.test(path) ? `${JSON.stringify(games[0])}\n` : pageOf(path, games)
  try {
    mkdirSync(dirname(path), { recursive: true })
    replaceFile(path, text)
  } catch (cause) {
    throw new AgonError(
      'replay/unwritable',
      `the replay cannot be written: ${(cause as Error).message}`,
      {
        place: path,
        remedy: 'see that the folder may be written to and the disk has room',
        cause,
      },
    )
  }
}

function pageOf(path: string, games: readonly Replay[]): string {
  checkReplayPath(path)
  return buildReplayPage(games)
}

/** Before anything is played. @throws AgonError `usage/value` */
export function checkReplayPath(path: string): void {
  if (/\.(html|json)$/i.test(path)) return
  throw new AgonError(
    'usage/value',
    `a replay is written to a .html or a .json file, not ${path}`,
    {
      remedy: '.html is a page to look at, .json a game that `agon replay` reads',
    },
  )
}
