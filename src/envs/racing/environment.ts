import type { EnvironmentSpec, Measure, SteppableEnvironment } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { racingBuilding } from './building/environment.ts'
import { drawLevel } from './draw.ts'
import { ACTIONS } from './drive.ts'
import { decodeState } from './lane-state.ts'
import type { RacingLevel } from './level.ts'
import { racingLevelSpace } from './level-space.ts'
import { type RacingOptions, racingOptions } from './options.ts'
import { shapeOf } from './picture/frames.ts'
import { VIEW } from './picture/view.ts'
import { racingSuite, SUITE_IDS } from './suites.ts'
import { trackOf } from './track/track-of.ts'
import { HIGH, LOW, OBSERVATION, RacingVectorEnv } from './vector-env.ts'

const MEASURES: readonly Measure[] = [
  { name: 'mean_length', about: 'Steps of an episode.', better: 'lower', of: 'length' },
]

function racingSpec(options: RacingOptions): EnvironmentSpec {
  return {
    id: 'racing',
    profile: options.profile,
    observations: {
      [OBSERVATION]: { dtype: 'uint8', shape: shapeOf(options), low: 0, high: 255 },
    },
    actions: { kind: 'box', shape: [ACTIONS.length], low: LOW, high: HIGH, names: ACTIONS },
    agents: 1,
    seats: { agent: [0] },
  }
}

/** All tiles, and none in as many frames as there are, on grass and off the field at last. */
const rangeOf = ({
  shaping,
  actionRepeat,
  maxSteps,
}: Pick<RacingOptions, 'shaping' | 'actionRepeat' | 'maxSteps'>): readonly [number, number] => [
  -(200 + 0.15 * actionRepeat * maxSteps),
  shaping ? 1100 : 1000,
]

export function createRacing(options: RacingOptions): SteppableEnvironment<RacingLevel> {
  return {
    spec: racingSpec(options),
    levels: racingLevelSpace(options),
    vector: (vectorOptions) => new RacingVectorEnv(options, vectorOptions),
    suites: SUITE_IDS,
    suite: (id) => racingSuite(id, options),
    solvedAbove: options.solvedAbove,
    measures: MEASURES,
    givesFinals: true,
    returnRange: rangeOf(options),
    building: racingBuilding(options),
    drawState(state) {
      const { level, views } = decodeState(state)
      return drawLevel(trackOf(level), views.subarray(views.length - VIEW))
    },
  }
}

/** Gymnasium's car racing on Bézier tracks, as in dcd. */
export const environment = defineEnvironment<RacingOptions, RacingLevel>({
  id: 'racing',
  options: racingOptions,
  stress: {
    signal: 'bound',
    axes: () => [
      { name: 'track_length', low: 600, high: 1800, bins: 10 },
      { name: 'total_turning', low: 8, high: 32, bins: 10 },
    ],
    steps: ({ maxSteps }) => maxSteps,
  },
  create: createRacing,
})
