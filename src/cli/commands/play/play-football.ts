import { existsSync, readdirSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import type { FootballLevel } from '../../../envs/football/level.ts'
import { nativeFootball } from '../../../envs/football/native/native-football.ts'
import type { GameResult, TeamSeats } from '../../../play/contract.ts'
import { playMatches } from '../../../play/play-matches.ts'
import type { Replay, ReplayAbout } from '../../../play/record/contract.ts'
import { gameRows } from '../../../play/record/game-row.ts'
import { makeReplay } from '../../../play/record/make-replay.ts'
import type { GameRecording } from '../../../play/record/recording.ts'
import { checkEleven, writeTrace } from '../../../play/record/trace-file.ts'
import { summarise } from '../../../play/summarise.ts'
import type { WeaknessId } from '../../../play/weaknesses/contract.ts'
import { findWeaknesses, WEAKNESSES } from '../../../play/weaknesses/find-weaknesses.ts'
import type { WeaknessesFile } from '../../../play/weaknesses/weaknesses-file.ts'
import { replaceFile } from '../../../run/durable-file.ts'
import { checkWritable, unwritable, type Written } from '../../../views/replay/check-writable.ts'
import { checkReplay, REPLAY, writeReplay } from '../../../views/replay/write-replay.ts'
import { type FoundLevels, findLevels } from './find-levels.ts'
import { type OpenSeats, openSeats } from './open-seats.ts'
import type { Played, PlayRequest } from './play-request.ts'

/** More games would make a page too heavy to open. */
const PAGE_GAMES = 8

/**
 * Plays football games as they were asked for, and writes what is to be kept of them.
 * @throws AgonError `play/*`, `policy/*`, `level/*`, `football/*`, `replay/*`, `usage/value`
 */
export async function playFootball(request: PlayRequest): Promise<Played> {
  const { replay, watch } = request
  if (replay !== undefined) checkReplay(replay, request.games)
  const football = nativeFootball()
  const levels = await findLevels(football, request.level)
  const level = (number: number): FootballLevel => levels.level(number)
  const { left, right } = level(request.seed)
  if (request.record !== undefined) {
    checkEleven([left.length, right.length])
    checkUnused(request.record)
  }
  const seats = await openSeats(request, request.hints, request)
  try {
    checkPlaces(request)
    const keeper = new GameKeeper(request, levels, seats)
    const results = await playMatches(
      football,
      {
        teams: seats.teams,
        level,
        games: request.games,
        seed: request.seed,
        lanes: request.slots,
        threads: request.threads,
        device: request.gamesDevice,
        ...(request.steps === undefined ? {} : { maxSteps: request.steps }),
        ...(keeper.keeps ? { record: (index) => keeper.wants(index) } : {}),
      },
      {
        policies: seats.policies,
        onStep: watch.step,
        stopped: watch.stopped,
        async onGame(result, recording) {
          if (recording !== undefined) await keeper.keep(result, recording)
          watch.game(result)
        },
      },
    )
    const summary = results.length === 0 ? null : summarise(results)
    const { names: teams, devices } = seats
    return { teams, title: levels.title, devices, results, summary, ...keeper.finish() }
  } finally {
    await seats.close()
  }
}

/** Writes records as games end, and the replay once all have. */
class GameKeeper {
  readonly #request: PlayRequest
  readonly #levels: FoundLevels
  readonly #seats: OpenSeats
  readonly #replays = new Map<number, Replay>()
  readonly #weaknesses = new Map<number, WeaknessesFile['games'][number]>()

  constructor(request: PlayRequest, levels: FoundLevels, seats: OpenSeats) {
    this.#request = request
    this.#levels = levels
    this.#seats = seats
  }

  get keeps(): boolean {
    const { record, replay, weaknesses } = this.#request
    return [record, replay, weaknesses].some((path) => path !== undefined)
  }

  wants(index: number): boolean {
    const { record, weaknesses } = this.#request
    return record !== undefined || weaknesses !== undefined || this.#shows(index)
  }

  async keep({ index, number }: GameResult, recording: GameRecording): Promise<void> {
    const about = this.#about(number)
    if (this.#shows(index)) this.#replays.set(index, makeReplay(recording, about))
    if (this.#request.weaknesses !== undefined) {
      const rows = gameRows(recording)
      const found = [findWeaknesses(rows, 0), findWeaknesses(rows, 1)] as const
      this.#weaknesses.set(index, { title: about.title, seed: number, found })
    }
    if (this.#request.record !== undefined)
      await writeRecord(this.#request.record, index, number, recording, this.#recordAbout(about))
  }

  finish(): Pick<Played, 'replayed' | 'weaknesses'> {
    return { ...this.#finishReplay(), ...this.#finishWeaknesses() }
  }

  #finishReplay(): Pick<Played, 'replayed'> {
    const { replay } = this.#request
    if (replay === undefined || this.#replays.size === 0) return {}
    const games = inOrder(this.#replays)
    writeReplay(replay, games)
    return { replayed: games.length }
  }

  #finishWeaknesses(): Pick<Played, 'weaknesses'> {
    const { weaknesses: path } = this.#request
    if (path === undefined) return {}
    const games = inOrder(this.#weaknesses)
    const file: WeaknessesFile = { format: 1, teams: this.#seats.names, games }
    try {
      replaceFile(path, `${JSON.stringify(file)}\n`)
    } catch (cause) {
      throw unwritable(path, WEAKNESSES_WRITTEN, cause)
    }
    const count = (id: WeaknessId, team: 0 | 1): number =>
      games.reduce((sum, { found }) => sum + (found[team][id]?.length ?? 0), 0)
    return {
      weaknesses: WEAKNESSES.map(({ id }) => ({ id, sightings: [count(id, 0), count(id, 1)] })),
    }
  }

  #shows(index: number): boolean {
    return this.#request.replay !== undefined && index < PAGE_GAMES
  }

  #about(number: number): ReplayAbout {
    const { left, right, difficulty } = this.#levels.level(number)
    const { names, teams } = this.#seats
    return {
      title: this.#levels.titleOf(number),
      teams: [
        { name: names[0], roles: left.map(({ role }) => role) },
        { name: names[1], roles: right.map(({ role }) => role) },
      ],
      seed: number,
      difficulty: [
        teams[0].difficulty ?? shortNumber(difficulty[0]),
        teams[1].difficulty ?? shortNumber(difficulty[1]),
      ],
    }
  }

  /** Recorded games call the built-in AI by the name that those of the reference have for it. */
  #recordAbout(about: ReplayAbout): ReplayAbout {
    const named = (team: 0 | 1) =>
      isBuiltIn(this.#seats.teams[team])
        ? { ...about.teams[team], name: 'builtin' }
        : about.teams[team]
    return { ...about, teams: [named(0), named(1)] }
  }
}

const inOrder = <T>(games: ReadonlyMap<number, T>): readonly T[] =>
  [...games].sort(([a], [b]) => a - b).map(([, game]) => game)

/** Whether the built-in AI has every player of a team. */
const isBuiltIn = ({ seat, players = {} }: TeamSeats): boolean =>
  [seat, ...Object.values(players)].every(({ kind }) => kind === 'bot')

/** Levels keep float32: 0.6, not 0.6000000238. */
const shortNumber = (value: number): number => Number(value.toPrecision(6))

/** Whether what is to be kept can be written, before anything is played. */
function checkPlaces({ replay, record, weaknesses }: PlayRequest): void {
  if (replay !== undefined) checkWritable(replay, REPLAY)
  if (weaknesses !== undefined) checkWritable(weaknesses, WEAKNESSES_WRITTEN)
  if (record !== undefined) checkWritable(recordPath(record, 0), RECORD)
}

/** Games of two matches in one folder would be taken for one. */
function checkUnused(dir: string): void {
  const games = join(dir, 'games')
  const folder = existsSync(games) && statSync(games).isDirectory()
  if (folder && readdirSync(games).length > 0)
    throw new AgonError('replay/exists', 'games were recorded here before', {
      place: games,
      remedy: 'choose another folder with --record, or remove this one',
    })
}

const WEAKNESSES_WRITTEN: Written = {
  what: 'the list of weaknesses',
  remedy: 'choose another file with --weaknesses',
}

const RECORD: Written = { what: 'the game', remedy: 'choose another folder with --record' }

const recordPath = (dir: string, index: number): string =>
  join(dir, 'games', `e${String(index).padStart(2, '0')}`)

async function writeRecord(
  dir: string,
  index: number,
  number: number,
  recording: GameRecording,
  about: ReplayAbout,
): Promise<void> {
  const files = writeTrace(recording, { ...about, episode: number })
  const path = recordPath(dir, index)
  try {
    await writeFile(`${path}.f32.gz`, files.rows)
    await writeFile(`${path}.json`, files.json)
  } catch (cause) {
    throw unwritable(path, RECORD, cause)
  }
}
