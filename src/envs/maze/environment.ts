import type { TensorSpec } from '../../core/tensor.ts'
import type { EnvironmentSpec, SteppableEnvironment } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { overlapProbes } from '../overlap-probes.ts'
import { mazeBuilding } from './builder/environment.ts'
import { drawLevel } from './draw.ts'
import { imageShape } from './image.ts'
import { decodeState } from './lane-state.ts'
import { MAX_SIDE, type MazeLevel } from './level.ts'
import { mazeLevelSpace } from './level-space.ts'
import { type MazeOptions, mazeOptions } from './options.ts'
import { PROFILES } from './profiles.ts'
import { mazeSuite, SUITE_IDS } from './suites/suites.ts'
import { ACTION_NAMES, MazeVectorEnv } from './vector-env.ts'

function mazeSpec(options: MazeOptions): EnvironmentSpec {
  const layout = PROFILES[options.profile].image
  const image = imageShape({ ...options, layout })
  const observations: Record<string, TensorSpec> = {
    // Raw codes; a network divides them by 10.
    image: { dtype: 'uint8', shape: image, low: 0, high: 10 },
    direction: { dtype: 'int32', shape: [], low: 0, high: 3 },
  }
  if (options.observePosition)
    observations.position = { dtype: 'int32', shape: [2], low: 0, high: MAX_SIDE - 1 }
  return {
    id: 'maze',
    profile: options.profile,
    observations,
    actions: { kind: 'discrete', count: ACTION_NAMES.length, names: ACTION_NAMES },
    agents: 1,
    seats: { agent: [0] },
  }
}

export function createMaze(options: MazeOptions): SteppableEnvironment<MazeLevel> {
  const rules = { ...options, layout: PROFILES[options.profile].image }
  const made: SteppableEnvironment<MazeLevel> = {
    spec: mazeSpec(options),
    levels: mazeLevelSpace(options),
    vector: (vectorOptions) => new MazeVectorEnv(rules, vectorOptions),
    suites: SUITE_IDS,
    suite: (id) => mazeSuite(id, options),
    solvedAbove: 0,
    // There is nothing to give: a maze's limit of steps is one of its rules, as in all reference codes.
    givesFinals: true,
    returnRange: [0, 1],
    building: mazeBuilding(options),
    ...overlapProbes(() => made),
    drawState(state) {
      const { level, cell, direction } = decodeState(state)
      return drawLevel(level, { cell, direction, view: options.view })
    },
  }
  return made
}

/** Partially observed mazes as in minimax, JaxUED and dcd. */
export const environment = defineEnvironment<MazeOptions, MazeLevel>({
  id: 'maze',
  options: mazeOptions,
  stress: {
    signal: 'optimal',
    // Mazes of more walls than half their cells are narrow ones; longer ways than a third of them are rare.
    axes: ({ height, width }) => [
      { name: 'n_walls', low: 0, high: Math.ceil((height * width) / 2), bins: 10 },
      { name: 'min_actions', low: 0, high: Math.ceil((height * width) / 3), bins: 10 },
    ],
    steps: ({ maxSteps }) => maxSteps,
  },
  create: createMaze,
})
