import { builtUrl } from '../../../core/module.ts'
import type { TensorSpec } from '../../../core/tensor.ts'
import type { BuildingGame, SteppableEnvironment } from '../../contract.ts'
import { defineEnvironment } from '../../define-environment.ts'
import { unknownSuite } from '../../unknown-suite.ts'
import type { MazeLevel } from '../level.ts'
import { type MazeOptions, mazeOptions } from '../options.ts'
import { PROFILES } from '../profiles.ts'
import { type BoardGame, levelOf } from './board-game.ts'
import { boardGame } from './board-games.ts'
import { boardShape } from './board-image.ts'
import { BuildingVectorEnv } from './building-vector.ts'
import { buildingFields } from './options.ts'
import { type BuildingStart, buildingStarts } from './starts.ts'

/**
 * The level-building game as an environment that a policy plays: `image`, the board; `time`, steps taken; `random_z`,
 * uniforms that are drawn anew at every step. An action is a cell, row by row. No step pays: what the level is worth is
 * known when students have met it.
 */
export function createBuilding(options: MazeOptions): SteppableEnvironment<BuildingStart> {
  const game = gameOf(options)
  const { height, width, profile } = options
  const view = { height, width, ring: game.ring, layout: PROFILES[profile].image }
  const observations: Record<string, TensorSpec> = {
    // Raw codes; a network divides them by 10.
    image: { dtype: 'uint8', shape: boardShape(view), low: 0, high: 10 },
    time: { dtype: 'int32', shape: [], low: 0, high: game.steps },
  }
  if (game.noise > 0)
    observations.random_z = { dtype: 'float32', shape: [game.noise], low: 0, high: 1 }
  return {
    spec: {
      id: 'maze-building',
      profile,
      observations,
      actions: { kind: 'discrete', count: height * width },
      agents: 1,
      seats: { builder: [0] },
    },
    levels: buildingStarts,
    vector: (vectorOptions) => new BuildingVectorEnv(game, view, vectorOptions),
    suites: [],
    suite(id) {
      throw unknownSuite(id, [])
    },
    solvedAbove: Number.POSITIVE_INFINITY,
  }
}

/** The same options as of the mazes that are built. */
export const environment = defineEnvironment<MazeOptions, BuildingStart>({
  id: 'maze-building',
  options: mazeOptions,
  create: createBuilding,
})

/** What a maze environment says of its game. */
export function mazeBuilding(options: MazeOptions): BuildingGame<MazeLevel> {
  const game = gameOf(options)
  return {
    environment: { module: builtUrl(import.meta.url, './environment.js'), options },
    spec: createBuilding(options).spec,
    steps: game.steps,
    build: (start, actions) => levelOf(game, options, buildingStarts.decode(start).seed, actions),
  }
}

function gameOf({ building = buildingFields.parse({}), ...options }: MazeOptions): BoardGame {
  return boardGame({ ...options, ...building })
}
