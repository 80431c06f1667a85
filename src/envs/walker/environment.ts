import type { EnvironmentSpec, Measure, SteppableEnvironment } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { walkerBuilding } from './building.ts'
import { drawLevel } from './draw.ts'
import { courseOf } from './ground-of.ts'
import { decodeState } from './lane-state.ts'
import type { WalkerLevel } from './level.ts'
import { walkerLevelSpace } from './level-space.ts'
import { OBSERVATION_SIZE } from './observe.ts'
import { type WalkerOptions, walkerOptions } from './options.ts'
import { JOINTS } from './physics/body-plan.ts'
import { poseOf } from './physics/snapshot.ts'
import { SUITE_IDS, walkerSuite } from './suites.ts'
import { OBSERVATION, WalkerVectorEnv } from './vector-env.ts'

const MEASURES: readonly Measure[] = [
  { name: 'mean_length', about: 'Steps of an episode.', better: 'higher', of: 'length' },
]

/** 130/30 for each metre from the start pad to the far end; what a fall, a lean and a step back can cost is below 200. */
const FARTHEST = 370
/** Of a step with all joints at full torque. */
const TORQUE_COST = 0.112

function walkerSpec({ profile }: WalkerOptions): EnvironmentSpec {
  return {
    id: 'walker',
    profile,
    observations: { [OBSERVATION]: { dtype: 'float32', shape: [OBSERVATION_SIZE] } },
    actions: {
      kind: 'box',
      shape: [JOINTS.length],
      low: JOINTS.map(() => -1),
      high: JOINTS.map(() => 1),
      names: JOINTS,
    },
    agents: 1,
    seats: { agent: [0] },
  }
}

export function createWalker(options: WalkerOptions): SteppableEnvironment<WalkerLevel> {
  return {
    spec: walkerSpec(options),
    levels: walkerLevelSpace(options),
    vector: (vectorOptions) => new WalkerVectorEnv(options.maxSteps, vectorOptions),
    suites: SUITE_IDS,
    suite: walkerSuite,
    solvedAbove: options.solvedAbove,
    measures: MEASURES,
    givesFinals: true,
    returnRange: [-(200 + TORQUE_COST * options.maxSteps), FARTHEST],
    // Gymnasium's grounds have nothing to build but their seed.
    ...(options.profile === 'dcd' ? { building: walkerBuilding(options) } : {}),
    drawState(state) {
      const { level, snapshot } = decodeState(state)
      return drawLevel(courseOf(level).terrain, poseOf(snapshot))
    },
  }
}

/** BipedalWalker on a ground of eight numbers, as in dcd, and on Gymnasium's own. */
export const environment = defineEnvironment<WalkerOptions, WalkerLevel>({
  id: 'walker',
  options: walkerOptions,
  stress: {
    signal: 'bound',
    axes: ({ profile }) =>
      profile === 'dcd'
        ? [
            { name: 'roughness', low: 0, high: 10, bins: 10 },
            { name: 'stump_high', low: 0, high: 5, bins: 10 },
          ]
        : [
            { name: 'n_stumps', low: 0, high: 20, bins: 10 },
            { name: 'n_pits', low: 0, high: 20, bins: 10 },
          ],
    steps: ({ maxSteps }) => maxSteps,
  },
  create: createWalker,
})
