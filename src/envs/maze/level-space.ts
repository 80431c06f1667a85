import type { RandomStream } from '../../core/random.ts'
import type { LevelFeatures, LevelSpace, Mutation } from '../contract.ts'
import { chosenOperator } from '../operators.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { drawLevel } from './draw.ts'
import { crossLevels } from './edit/crossover.ts'
import { applyOperator, MAZE_OPERATORS } from './edit/operators.ts'
import { generateLevel } from './generate/generate.ts'
import { findMisfit } from './image.ts'
import { findDefect, type MazeLevel } from './level.ts'
import { countWalls, goalReward, minActions, shortestPath } from './metrics.ts'
import type { MazeOptions } from './options.ts'
import { PROFILES } from './profiles.ts'
import { formatLevel, parseLevel } from './text.ts'

/** The mazes that an adversary searches, as the options say. */
export function mazeLevelSpace(options: MazeOptions): LevelSpace<MazeLevel> {
  const profile = PROFILES[options.profile]
  return {
    sample: (stream: RandomStream): MazeLevel => generateLevel(options, stream),
    operators: MAZE_OPERATORS,
    mutate(level, stream, asked): Mutation<MazeLevel> {
      const operator = chosenOperator(asked, MAZE_OPERATORS)
      return { level: applyOperator(level, operator, options, stream), operator }
    },
    crossover: (a, b, stream): Mutation<MazeLevel> => ({
      level: crossLevels(a, b, stream),
      operator: 'crossover',
    }),
    key: (level) =>
      Buffer.from(
        encodeLevel(profile.keyHasDirection ? level : { ...level, direction: 0 }),
      ).toString('base64'),
    encode: encodeLevel,
    decode: decodeLevel,
    format: (level) => formatLevel(level),
    parse: parseLevel,
    validate(level) {
      const defect = findDefect(level) ?? findMisfit(level, options)
      return defect === null ? null : `${defect.message} (${defect.place})`
    },
    features: (level) => mazeFeatures(level, options),
    draw: (level) => drawLevel(level),
  }
}

/**
 * `n_walls`; `shortest_path_length` in cells (0 if unreachable, in dcd h·w+1); `passable` 0 or 1; and where the goal can
 * be reached `min_actions` = n and `optimal_return`, the reward of taking n steps (0 beyond the step limit). With them
 * perfect regret's V* is `discount^(min_actions − 1) · optimal_return`.
 */
export function mazeFeatures(level: MazeLevel, options: MazeOptions): LevelFeatures {
  const path = shortestPath(level)
  const unreachable =
    PROFILES[options.profile].unreachable === 'zero' ? 0 : level.height * level.width + 1
  const base = {
    n_walls: countWalls(level),
    shortest_path_length: path > 0 ? path : unreachable,
    passable: path > 0 ? 1 : 0,
  }
  const steps = minActions(level)
  if (steps === null) return base
  const maxSteps = level.maxSteps ?? options.maxSteps
  const reward = steps > maxSteps ? 0 : goalReward(steps, maxSteps, options.timePenalty)
  return { ...base, min_actions: steps, optimal_return: reward }
}
