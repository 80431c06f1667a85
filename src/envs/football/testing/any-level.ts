import type { RandomStream } from '../../../core/random.ts'
import { type FootballLevel, type LevelPlayer, ROLES } from '../level.ts'

/**
 * Any level that can be played, of 1 to 11 players a side, with every field drawn: what property tests feed to code
 * that takes levels. Nobody stands near another: each has a place of a grid of his own.
 */
export function drawAnyLevel(random: RandomStream): FootballLevel {
  const places = random.shuffle(Array.from({ length: 140 }, (_, i) => i))
  const flag = (): boolean => random.integer(2) === 1
  const team = (from: number, sign: number): LevelPlayer[] =>
    Array.from({ length: 1 + random.integer(11) }, (_, k) => {
      const place = places[from + k]
      return {
        x: Math.fround(sign * (-0.95 + 0.1 * (place % 20) + 0.03 * random.uniform())),
        y: Math.fround(sign * (-0.36 + 0.12 * Math.floor(place / 20) + 0.03 * random.uniform())),
        role: ROLES[k === 0 ? 0 : 1 + random.integer(9)],
        lazy: flag(),
        controllable: flag(),
      }
    })
  const gameDuration = 1 + random.integer(3000)
  return {
    ball: [Math.fround(2 * random.uniform() - 1), Math.fround(0.8 * random.uniform() - 0.4)],
    left: team(0, 1),
    right: team(11, -1),
    difficulty: [Math.fround(random.uniform()), Math.fround(random.uniform())],
    gameDuration,
    secondHalf: flag() ? null : random.integer(gameDuration),
    kickOff: (['left', 'right', 'nearest'] as const)[random.integer(3)],
    useMagnet: flag(),
    offsides: flag(),
    endEpisodeOnScore: flag(),
    endEpisodeOnPossessionChange: flag(),
    endEpisodeOnOutOfPlay: flag(),
    controlAllPlayers: flag(),
    mayOverlap: flag(),
    reverseTeamProcessing: ([false, true, 'by-seed'] as const)[random.integer(3)],
  }
}
