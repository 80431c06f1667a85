import type { LevelFeatures, LevelSpace } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { joinProbes } from '../join-probes.ts'
import { overlapProbes } from '../overlap-probes.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { posteriorProbes } from '../posterior-probes.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { drawLevel } from './draw.ts'
import { drawRight, FRUIT_OPERATORS, generateLevel, mutateLevel } from './generate.ts'
import { type FruitLevel, findDefect, walkTo } from './level.ts'
import { type FruitChoiceOptions, fruitChoiceOptions } from './options.ts'
import { fruitSuite, SUITE_IDS } from './suites.ts'
import { formatLevel, parseLevel } from './text.ts'
import { ACTION_NAMES, decodeState, FruitVectorEnv, PLANES } from './vector-env.ts'

const levelSpace = (options: FruitChoiceOptions): LevelSpace<FruitLevel> => ({
  sample: (stream) => generateLevel(options, stream),
  operators: FRUIT_OPERATORS,
  mutate: (level, stream, operator) => mutateLevel(level, options, stream, operator),
  key: (level) => Buffer.from(encodeLevel(level)).toString('base64'),
  encode: encodeLevel,
  decode: decodeLevel,
  format: formatLevel,
  parse: parseLevel,
  validate: findDefect,
  features: (level) => features(level, options),
  draw: (level) => drawLevel(level),
})

/**
 * `n_rooms`; `apple_right` 0 or 1; `min_actions` and `optimal_return` of one who knows which fruit is right: the way to it and the bite,
 * and its reward, or 0 where the limit comes before, or where eating it costs.
 */
function features(level: FruitLevel, options: FruitChoiceOptions): LevelFeatures {
  const { right, doors } = level
  const steps = walkTo(level, right) + 1
  const reward = right === 'apple' ? options.appleReward : options.bananaReward
  return {
    n_rooms: doors.length + 1,
    apple_right: right === 'apple' ? 1 : 0,
    min_actions: steps,
    optimal_return: steps > options.maxSteps ? 0 : Math.max(0, reward),
  }
}

export function createFruitChoice(options: FruitChoiceOptions): HiddenEnvironment<FruitLevel> {
  const { view, wrongReward, appleReward, bananaReward } = options
  const rewards = [0, wrongReward, appleReward, bananaReward]
  const made: HiddenEnvironment<FruitLevel> = {
    spec: {
      id: 'fruit-choice',
      profile: 'plain',
      observations: { image: { dtype: 'uint8', shape: [view, view, PLANES], low: 0, high: 1 } },
      actions: { kind: 'discrete', count: ACTION_NAMES.length, names: ACTION_NAMES },
      agents: 1,
      seats: { agent: [0] },
    },
    levels: levelSpace(options),
    vector: (vectorOptions) => new FruitVectorEnv(options, vectorOptions),
    suites: SUITE_IDS,
    suite: (id) => fruitSuite(id, options),
    solvedAbove: 0,
    givesFinals: true,
    returnRange: [Math.min(...rewards), Math.max(...rewards)],
    // Nothing that is seen before the bite tells which fruit is right: after any history the posterior is the prior.
    resample: (level, stream) => ({ ...level, right: drawRight(options, stream) }),
    ...joinProbes(
      'fruit-choice',
      overlapProbes(() => made),
      posteriorProbes(() => made),
    ),
    drawState(state) {
      const { level, x, y } = decodeState(state)
      return drawLevel(level, { x, y })
    },
  }
  return made
}

/** The choice of fruit of SAMPLR (Jiang et al. 2022) as a gridworld. */
export const environment = defineEnvironment<FruitChoiceOptions, FruitLevel>({
  id: 'fruit-choice',
  options: fruitChoiceOptions,
  create: createFruitChoice,
})
