import type { RandomStream } from '../../../core/random.ts'
import type { FootballLevel } from '../level.ts'
import type { FootballOptions } from '../options.ts'
import { moveLevel } from './move.ts'
import { scatterLevel } from './scatter.ts'

/** The episode of a scenario; it decides the formations and the ball of those that exchange them. */
export type Scenario = (episode: number) => FootballLevel

/** A level of the generator that the options name. Whether the episode is even or odd is drawn. */
export function generateLevel(
  scenario: Scenario,
  options: FootballOptions,
  stream: RandomStream,
): FootballLevel {
  const level = overridden(scenario(stream.integer(2)), options)
  const { generator, maxX, maxY, spread } = options
  if (generator === 'random') return scatterLevel(level, { maxX, maxY }, stream)
  if (generator === 'around')
    return moveLevel(level, { moves: null, step: spread, maxX, maxY }, stream)
  return level
}

/** The scenario with what the options say of it. */
export function overridden(level: FootballLevel, options: FootballOptions): FootballLevel {
  const { leftDifficulty, rightDifficulty } = options
  const gameDuration = options.gameDuration ?? level.gameDuration
  const { secondHalf } = level
  return {
    ...level,
    difficulty: [
      Math.fround(leftDifficulty ?? level.difficulty[0]),
      Math.fround(rightDifficulty ?? level.difficulty[1]),
    ],
    gameDuration,
    // A game that is over by then has no second half.
    secondHalf: secondHalf !== null && secondHalf < gameDuration ? secondHalf : null,
    offsides: options.offsides ?? level.offsides,
    endEpisodeOnScore: options.endEpisodeOnScore ?? level.endEpisodeOnScore,
    endEpisodeOnPossessionChange:
      options.endEpisodeOnPossessionChange ?? level.endEpisodeOnPossessionChange,
    endEpisodeOnOutOfPlay: options.endEpisodeOnOutOfPlay ?? level.endEpisodeOnOutOfPlay,
  }
}
