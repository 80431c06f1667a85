import { builtUrl } from '../../core/module.ts'
import { playedGame } from '../building/environment.ts'
import { buildingOf, gameChance, type LevelGame } from '../building/game.ts'
import type { BuildingStart } from '../building/starts.ts'
import type { BuildingGame, SteppableEnvironment } from '../contract.ts'
import { defineEnvironment } from '../define-environment.ts'
import { parameterCount } from './generate.ts'
import { HIGH, LOW, PARAMETERS, type WalkerLevel } from './level.ts'
import { type WalkerOptions, walkerOptions } from './options.ts'

/** Uniforms that dcd's builder sees. */
const NOISE = 10

/**
 * dcd's game: the numbers of a level in their order, each said as a number from −1 to 1 and spread over its whole range. The
 * seed of the ground is drawn. What was said shows in `parameters`, float32 `[8]` (`[5]` of the POET variant), 0 where nothing was yet.
 */
function walkerGame(options: WalkerOptions): LevelGame<WalkerLevel> {
  const own = parameterCount(options)
  return {
    id: 'walker-building',
    profile: options.profile,
    steps: own,
    noise: NOISE,
    actions: { kind: 'box', shape: [1], low: [-1], high: [1] },
    observations: { parameters: { dtype: 'float32', shape: [own] } },
    show({ actions }, out, row) {
      const seen = out.parameters as Float32Array
      for (let i = 0; i < own; i++) seen[row * own + i] = actions[i]
    },
    level: (seed, actions) => ({
      terrain: 'parameters',
      parameters: PARAMETERS.map((_, i) => (i < own ? spread(actions[i], i) : LOW[i])),
      seed: gameChance(seed, 'ground').uint32(),
    }),
  }
}

const spread = (said: number, i: number): number => LOW[i] + ((said + 1) / 2) * (HIGH[i] - LOW[i])

/** The level-building game of the walker as an environment that a policy plays. */
export const createBuilding = (options: WalkerOptions): SteppableEnvironment<BuildingStart> =>
  playedGame(walkerGame(options))

/** The same options as of the walker whose ground is built. */
export const environment = defineEnvironment<WalkerOptions, BuildingStart>({
  id: 'walker-building',
  options: walkerOptions,
  create: createBuilding,
})

/** What a walker environment says of its game. */
export const walkerBuilding = (options: WalkerOptions): BuildingGame<WalkerLevel> =>
  buildingOf(walkerGame(options), {
    module: builtUrl(import.meta.url, './building.js'),
    options,
  })
