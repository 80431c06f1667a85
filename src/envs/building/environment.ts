import type { SteppableEnvironment } from '../contract.ts'
import { unknownSuite } from '../unknown-suite.ts'
import { BuildingVectorEnv } from './building-vector.ts'
import { gameSpec, type LevelGame } from './game.ts'
import { type BuildingStart, buildingStarts } from './starts.ts'

/** A level-building game as an environment that a policy plays. */
export function playedGame(game: LevelGame<unknown>): SteppableEnvironment<BuildingStart> {
  return {
    spec: gameSpec(game),
    levels: buildingStarts,
    vector: (options) => new BuildingVectorEnv(game, options),
    suites: [],
    suite(id) {
      throw unknownSuite(id, [])
    },
    solvedAbove: Number.POSITIVE_INFINITY,
  }
}
