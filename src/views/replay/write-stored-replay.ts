import type { StoredGames } from './contract.ts'
import { storedGames } from './stored-games.ts'
import { checkReplay, writeReplay } from './write-replay.ts'

/** What was written. */
export interface StoredReplay {
  /** What the games are, in order. */
  readonly games: readonly Readonly<Record<string, unknown>>[]
  /** How many there were to write; more than `games` where a folder holds more than a page takes. */
  readonly found: number
}

/** @throws AgonError `usage/value`, `usage/argument`, `replay/*` */
export async function writeStoredReplay(
  paths: readonly string[],
  page: string,
): Promise<StoredReplay> {
  checkReplay(page, paths.length)
  const stored: StoredGames[] = []
  for (const path of paths) stored.push(await storedGames(path))
  const replays = stored.flatMap((games) => games.replays)
  writeReplay(page, replays)
  return {
    games: replays.map(({ about, rows, columns }) => ({
      title: about.title,
      teams: about.teams.map(({ name }) => name),
      score: [...Buffer.from(columns.score, 'base64').subarray(-2)],
      steps: rows - 1,
    })),
    found: stored.reduce((sum, { found }) => sum + found, 0),
  }
}
