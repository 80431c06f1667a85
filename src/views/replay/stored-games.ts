import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { Replay } from '../../play/record/contract.ts'
import { readGameFile } from '../../play/record/read-game-file.ts'
import type { StoredGames } from './contract.ts'
import { MOST_GAMES } from './most-games.ts'

/**
 * What is stored at `path`: the game of a file, the recorded episodes of a run, or the games that `agon play --record` wrote.
 * @throws AgonError `replay/*`, for a run also `config/*`, `football/*`
 */
export async function storedGames(path: string): Promise<StoredGames> {
  if (!isFolder(path)) return { replays: [await readGameFile(path)], found: 1 }
  // The library of configs is loaded for runs alone.
  if (existsSync(join(path, 'config.yaml')))
    return await (await import('./games-of-run.ts')).gamesOfRun(path)
  const games = [join(path, 'games'), path].map(recordedIn).find(({ length }) => length > 0)
  if (games === undefined)
    throw new AgonError('replay/missing', 'this folder is no run and holds no recorded games', {
      place: path,
      remedy:
        'name a run directory, a folder of `agon play --record`, or the games themselves: games/*.f32.gz',
    })
  const replays: Replay[] = []
  for (const game of games.slice(0, MOST_GAMES)) replays.push(await readGameFile(game))
  return { replays, found: games.length }
}

/** Recorded games in the order in which they were numbered: e99 before e100. */
const recordedIn = (folder: string): readonly string[] =>
  isFolder(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.f32.gz'))
        .sort(new Intl.Collator('en', { numeric: true }).compare)
        .map((name) => join(folder, name))
    : []

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory()
