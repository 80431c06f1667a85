import {
  type ActionArray,
  type ActionSpec,
  actionFault,
  actionWidth,
} from '../../core/action-space.ts'
import { AgonError } from '../../core/errors.ts'
import { type RandomStream, stream } from '../../core/random.ts'
import type { TensorSpec, TypedArray } from '../../core/tensor.ts'
import type { BuildingGame, EnvironmentRef, EnvironmentSpec } from '../contract.ts'
import { buildingStarts } from './starts.ts'

/**
 * A level-building game: a policy says one thing after another, and after `steps` of them a level stands. Every sequence of
 * actions gives one that can be attempted, and the same one each time: what chance decides comes from the seed of the
 * episode alone. No step pays: what the level is worth is known when students have met it.
 */
export interface LevelGame<L> {
  /** Of the environment that it is: `maze-building`. */
  readonly id: string
  readonly profile: string
  /** Of every episode. */
  readonly steps: number
  readonly actions: ActionSpec
  /** What it shows of its own; `time`, steps taken, and `random_z` stand beside. */
  readonly observations: Readonly<Record<string, TensorSpec>>
  /** Uniforms in `random_z`, drawn anew at every step; 0: there is none. */
  readonly noise: number
  /** Writes what stands after the first `time` of `actions`, `[steps, n]`, to row `row` of its own observations. */
  show(so: SoFar, out: Readonly<Record<string, TypedArray>>, row: number): void
  /** What stands after all of them, `[steps, n]`. */
  level(seed: number, actions: ArrayLike<number>): L
}

/** An episode under way; actions from `time` on are 0. */
export interface SoFar {
  readonly seed: number
  readonly actions: ArrayLike<number>
  readonly time: number
}

/** Of an episode, by what it is for: the draw of one step never moves another's. */
export const gameChance = (seed: number, ...purpose: (string | number)[]): RandomStream =>
  stream(seed, 'building', ...purpose)

/** What a policy meets that plays it. */
export function gameSpec(game: LevelGame<unknown>): EnvironmentSpec {
  const { id, profile, steps, noise, actions } = game
  const beside: Record<string, TensorSpec> = {
    time: { dtype: 'int32', shape: [], low: 0, high: steps },
  }
  if (noise > 0) beside.random_z = { dtype: 'float32', shape: [noise], low: 0, high: 1 }
  return {
    ...{ id, profile, actions },
    observations: { ...game.observations, ...beside },
    agents: 1,
    seats: { builder: [0] },
  }
}

/**
 * What an environment says of its game.
 * @param environment where the game is made again: a module whose `environment` is {@link playedGame} of the same one
 */
export function buildingOf<L>(game: LevelGame<L>, environment: EnvironmentRef): BuildingGame<L> {
  const width = actionWidth(game.actions)
  return {
    environment,
    spec: gameSpec(game),
    steps: game.steps,
    build(start, actions) {
      if (actions.length !== game.steps * width)
        throw new AgonError(
          'builder/unfinished',
          `${actions.length / width} of ${game.steps} steps are taken`,
        )
      for (let step = 0; step < game.steps; step++) checkAction(game.actions, actions, step)
      return game.level(buildingStarts.decode(start).seed, actions)
    },
  }
}

/** @throws AgonError `builder/action` for what is no action of the game */
export function checkAction(spec: ActionSpec, actions: ArrayLike<number>, row: number): void {
  const fault = actionFault(spec, actions as ActionArray, row)
  if (fault !== null) throw new AgonError('builder/action', fault)
}
