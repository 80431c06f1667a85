import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { Replay } from '../../play/record/contract.ts'
import { readGameFile } from '../../play/record/read-game-file.ts'
import { checkReplayPath, writeReplay } from './write-replay.ts'

/** @throws AgonError `usage/value`, `usage/argument`, `replay/*` */
export async function writeStoredReplay(games: readonly string[], path: string) {
  checkReplayPath(path)
  if (games.length > 1 && !/\.html$/i.test(path))
    throw new AgonError('usage/argument', 'a .json file holds one game', {
      place: path,
      remedy: 'name one game, or write a .html page of several',
    })
  const replays: Replay[] = []
  for (const game of games)
    if (existsSync(game) && statSync(game).isDirectory()) replays.push(...(await gamesOf(game)))
    else replays.push(await readGameFile(game))
  writeReplay(path, replays)
  return replays.map(({ about, rows, columns }) => ({
    title: about.title,
    teams: about.teams.map(({ name }) => name),
    score: [...Buffer.from(columns.score, 'base64').subarray(-2)],
    steps: rows - 1,
  }))
}

/** The library of configs is loaded for runs alone. */
async function gamesOf(dir: string): Promise<readonly Replay[]> {
  if (!existsSync(join(dir, 'config.yaml')))
    throw new AgonError('replay/missing', 'this folder is no run', {
      place: dir,
      remedy: 'name a run directory, or the games themselves: games/*.f32.gz',
    })
  return await (await import('./games-of-run.ts')).gamesOfRun(dir)
}
