import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { AgonError } from '../../../core/errors.ts'
import type { FootballLevel } from '../../../envs/football/level.ts'
import type { NativeFootball } from '../../../envs/football/native/contract.ts'
import { parseLevels } from '../../../envs/football/text/parse-levels.ts'
import type { PlayRequest } from './play-request.ts'

/** The level of each game by its number. */
export interface FoundLevels {
  /** Of all of them. */
  readonly title: string
  level(number: number): FootballLevel
  titleOf(number: number): string
}

/**
 * A built-in scenario, whose formations may change from game to game, or the levels of a file in turn.
 * @throws AgonError `football/scenario`, `level/missing`, `level/invalid` with file and line
 */
export async function findLevels(
  football: NativeFootball,
  asked: PlayRequest['level'],
): Promise<FoundLevels> {
  if ('scenario' in asked) {
    const { scenario } = asked
    football.scenario(scenario, 0)
    return {
      title: scenario,
      level: (number) => football.scenario(scenario, number),
      titleOf: () => scenario,
    }
  }
  const { file } = asked
  const levels = parsed(await read(file), file)
  const of = (number: number) => levels[number % levels.length]
  const title = basename(file)
  return {
    title,
    level: (number) => of(number).level,
    titleOf: (number) => `${title}, ${of(number).name}`,
  }
}

function parsed(text: string, file: string): ReturnType<typeof parseLevels> {
  try {
    return parseLevels(text)
  } catch (error) {
    if (!(error instanceof AgonError)) throw error
    const { code, message, remedy, place } = error
    throw new AgonError(code, message, {
      place: place === undefined ? file : `${file}, ${place}`,
      ...(remedy === undefined ? {} : { remedy }),
      cause: error,
    })
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new AgonError('level/missing', `the levels cannot be read: ${(cause as Error).message}`, {
      place: file,
      cause,
    })
  }
}
