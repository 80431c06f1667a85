import type { FootballLevel } from '../../envs/football/level.ts'
import type { NativeFootball } from '../../envs/football/native/contract.ts'
import type { PlayRequest } from './play-request.ts'

/** The level of each game by its number: a built-in scenario, whose formations may change from game to game. */
export async function findLevels(
  football: NativeFootball,
  asked: PlayRequest['level'],
): Promise<{ readonly title: string; readonly level: (number: number) => FootballLevel }> {
  const { scenario } = asked as { scenario: string }
  return { title: scenario, level: (number) => football.scenario(scenario, number) }
}
