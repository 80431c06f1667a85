import { builtUrl } from '../../../core/module.ts'
import { playedGame } from '../../building/environment.ts'
import { buildingOf } from '../../building/game.ts'
import type { BuildingStart } from '../../building/starts.ts'
import type { BuildingGame, SteppableEnvironment } from '../../contract.ts'
import { defineEnvironment } from '../../define-environment.ts'
import type { RacingLevel } from '../level.ts'
import { type RacingOptions, racingOptions } from '../options.ts'
import { sketchGame } from './sketch-game.ts'

/** The level-building game of car racing as an environment that a policy plays. */
export const createBuilding = (options: RacingOptions): SteppableEnvironment<BuildingStart> =>
  playedGame(sketchGame(options))

/** The same options as of the racing whose tracks are built. */
export const environment = defineEnvironment<RacingOptions, BuildingStart>({
  id: 'racing-building',
  options: racingOptions,
  create: createBuilding,
})

/** What a racing environment says of its game. */
export const racingBuilding = (options: RacingOptions): BuildingGame<RacingLevel> =>
  buildingOf(sketchGame(options), {
    module: builtUrl(import.meta.url, './environment.js'),
    options,
  })
