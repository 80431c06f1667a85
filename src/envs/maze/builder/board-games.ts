import { gameChance as chance } from '../../building/game.ts'
import { constructed } from '../generate/construction.ts'
import type { Direction } from '../level.ts'
import type { ProfileName } from '../profiles.ts'
import type { BoardGame, GameRules } from './board-game.ts'
import {
  type BuilderRules,
  type BuilderState,
  builderLength,
  builtSoFar,
  startBuilder,
  stepBuilder,
} from './builder.ts'
import { jaxuedSoFar } from './jaxued-builder.ts'

/** minimax: walls, then goal, then agent; the direction is drawn at the start or chosen last. */
function minimaxGame(given: GameRules): BoardGame {
  const rules: BuilderRules = given
  const play = (seed: number, actions: ArrayLike<number>, time: number): BuilderState => {
    let state = startBuilder(rules, chance(seed, 'start'))
    for (let t = 0; t < time; t++)
      state = stepBuilder(rules, state, actions[t], chance(seed, 'clash', t))
    return state
  }
  return {
    steps: builderLength(rules),
    noise: given.noise ?? 50,
    ring: true,
    board: (seed, actions, time) => builtSoFar(rules, play(seed, actions, time)),
  }
}

/** JaxUED: goal, direction, agent, then walls that are toggled. */
function jaxuedGame(given: GameRules): BoardGame {
  return {
    steps: given.steps,
    // Its own flag is inverted and multiplies the noise by zero; here the builder sees it.
    noise: given.noise ?? 16,
    ring: false,
    board: (seed, actions, time) => jaxuedSoFar(given, actions, time, chance(seed, 'clash')),
  }
}

/** dcd, goal last as in all its configurations; the direction is drawn at the start. */
function dcdGame(given: GameRules & { readonly variableBlocks: boolean }): BoardGame {
  const rules = { ...given, goalLast: true }
  return {
    steps: given.nWalls + 2,
    noise: given.noise ?? 50,
    ring: true,
    board: (seed, actions, time) => ({
      ...constructed(rules, actions, time, chance(seed, 'clash')),
      direction: chance(seed, 'start').integer(4) as Direction,
    }),
  }
}

/** The level-building game of a reference code base. */
export function boardGame(
  rules: GameRules & { readonly profile: ProfileName; readonly variableBlocks: boolean },
): BoardGame {
  if (rules.profile === 'jaxued') return jaxuedGame(rules)
  return rules.profile === 'dcd' ? dcdGame(rules) : minimaxGame(rules)
}
