import { builtUrl } from '../../../core/module.ts'
import { elementCount } from '../../../core/tensor.ts'
import { playedGame } from '../../building/environment.ts'
import { buildingOf, type LevelGame } from '../../building/game.ts'
import type { BuildingStart } from '../../building/starts.ts'
import type { BuildingGame, SteppableEnvironment } from '../../contract.ts'
import { defineEnvironment } from '../../define-environment.ts'
import type { MazeLevel } from '../level.ts'
import { type MazeOptions, mazeOptions } from '../options.ts'
import { PROFILES } from '../profiles.ts'
import { boardGame } from './board-games.ts'
import { boardShape, writeBoard } from './board-image.ts'
import { buildingFields } from './options.ts'

/** The game of the options' profile: `image` is the board, an action is a cell, row by row. */
function mazeGame({
  building = buildingFields.parse({}),
  ...options
}: MazeOptions): LevelGame<MazeLevel> {
  const { height, width, profile } = options
  const rules = boardGame({ ...options, ...building })
  const view = { height, width, ring: rules.ring, layout: PROFILES[profile].image }
  const shape = boardShape(view)
  const imageSize = elementCount(shape)
  return {
    id: 'maze-building',
    profile,
    steps: rules.steps,
    noise: rules.noise,
    actions: { kind: 'discrete', count: height * width },
    // Raw codes; a network divides them by 10.
    observations: { image: { dtype: 'uint8', shape, low: 0, high: 10 } },
    show({ seed, actions, time }, out, row) {
      const board = rules.board(seed, actions, time)
      writeBoard(view, board, out.image as Uint8Array, row * imageSize)
    },
    level: (seed, actions) => ({ height, width, ...rules.board(seed, actions, rules.steps) }),
  }
}

/** The level-building game of mazes as an environment that a policy plays. */
export const createBuilding = (options: MazeOptions): SteppableEnvironment<BuildingStart> =>
  playedGame(mazeGame(options))

/** The same options as of the mazes that are built. */
export const environment = defineEnvironment<MazeOptions, BuildingStart>({
  id: 'maze-building',
  options: mazeOptions,
  create: createBuilding,
})

/** What a maze environment says of its game. */
export const mazeBuilding = (options: MazeOptions): BuildingGame<MazeLevel> =>
  buildingOf(mazeGame(options), {
    module: builtUrl(import.meta.url, './environment.js'),
    options,
  })
