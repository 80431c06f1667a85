import { join } from 'node:path'
import { AgonError } from '../../core/errors.ts'
import type { Environment } from '../../envs/contract.ts'
import type { FootballLevel } from '../../envs/football/level.ts'
import type { GameBatch } from '../../envs/football/native/contract.ts'
import { nativeFootball } from '../../envs/football/native/native-football.ts'
import type { Replay, ReplayTeam } from '../../play/record/contract.ts'
import { makeReplay } from '../../play/record/make-replay.ts'
import { loadConfig, loadDefinition } from '../../run/config/index.ts'
import { readRunFile } from '../../run/read-run-file.ts'
import { evaluationSchema } from '../../run/run-files.schema.ts'
import type { Recording } from '../report/replay-episode.ts'
import type { StoredGames } from './contract.ts'
import { MOST_GAMES } from './most-games.ts'
import { recordEpisode } from './record-episode.ts'

/**
 * Recorded evaluation episodes of a football run, the trained student's, played again.
 * @throws AgonError `replay/no-games` for a run of another environment or without recordings, `config/*`, `football/*`
 */
export async function gamesOfRun(dir: string): Promise<StoredGames> {
  const environment = await environmentOf(dir)
  const { value } = await readRunFile(dir, 'evaluation.json', evaluationSchema)
  const recordings = Object.entries(value?.slots ?? {}).flatMap(([slot, { final }]) =>
    (final?.recordings ?? []).map((recording) => ({ slot, recording })),
  )
  if (recordings.length === 0) throw noGames(dir, 'no episode of its final evaluation was recorded')
  const batch = oneGame(environment)
  try {
    const replays = recordings
      .slice(0, MOST_GAMES)
      .map(({ slot, recording }) => replayOf(environment, batch, slot, recording))
    return { replays, found: recordings.length }
  } finally {
    batch.close()
  }
}

/** To look into saved states with; to be closed. */
export function oneGame({ spec }: Pick<Environment<FootballLevel>, 'spec'>): GameBatch {
  const { left = [], right = [] } = spec.seats
  return nativeFootball().batch({
    games: 1,
    agents: [left.length, right.length],
    threads: 1,
    device: 'cpu',
  })
}

/** A recorded episode of the environment as a game to look at. */
export function replayOf(
  environment: Environment<FootballLevel>,
  batch: GameBatch,
  slot: string | Readonly<Record<'left' | 'right', string>>,
  recording: Recording,
): Replay {
  const { level, game, faithful } = recordEpisode(environment, batch, recording)
  const team = (side: 'left' | 'right', agents: number): ReplayTeam => ({
    name: agents === 0 ? 'bot' : typeof slot === 'string' ? slot : slot[side],
    roles: level[side].map(({ role }) => role),
  })
  return makeReplay(game, {
    title: faithful ? recording.name : `${recording.name}, not as it was recorded`,
    teams: [team('left', batch.agents[0]), team('right', batch.agents[1])],
    difficulty: level.difficulty,
  })
}

async function environmentOf(dir: string): Promise<Environment<FootballLevel>> {
  const { env, evaluation } = await loadConfig(join(dir, 'config.yaml'))
  const definition = await loadDefinition('environment', env.module)
  const environment = definition.create(evaluation.env ?? env.options)
  if (environment.spec.id !== 'football')
    throw noGames(dir, `it is a run of ${environment.spec.id}`)
  return environment as Environment<FootballLevel>
}

const noGames = (place: string, why: string): AgonError =>
  new AgonError('replay/no-games', `there are no football games in this run: ${why}`, { place })
