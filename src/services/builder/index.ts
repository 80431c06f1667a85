import { AgonError } from '../../core/errors.ts'
import type { BuildingGame, Environment } from '../../envs/contract.ts'
import { loadEnvironment } from '../../envs/load-environment.ts'
import {
  createEpisodicPpo,
  type EpisodicOptions,
  episodicCost,
  episodicOptions,
} from '../../learners/index.ts'
import { defineService } from '../define-service.ts'
import { createBuilder } from './builder.ts'

/** @throws AgonError `builder/no-game` for an environment whose levels no policy can build */
function gameOf(environment: Environment<unknown>): BuildingGame<unknown> {
  if (environment.building !== undefined) return environment.building
  throw new AgonError(
    'builder/no-game',
    `levels of '${environment.spec.id}' cannot be built: the environment has no level-building game`,
    {
      place: 'env',
      remedy: 'choose maze or walker, give your own `building`, or take another adversary',
    },
  )
}

/** A PPO policy that builds levels and learns from their regret, with threads of its own. */
export const service = defineService<EpisodicOptions>({
  id: 'builder',
  options: episodicOptions,
  traits: () => ({ deterministic: true, stateful: true }),
  // One builder, one question at a time; an update of a large network takes as long as it takes.
  limits: () => ({ concurrency: 1, deadlineSeconds: 3600, retries: 0 }),
  checkEnvironment(_, environment) {
    gameOf(environment)
  },
  learning(options, environment) {
    const { spec, steps } = gameOf(environment)
    return { steps, ...episodicCost(options, spec) }
  },
  async create(options, { name, seed, environment, workers }) {
    const made = await loadEnvironment(environment)
    const game = gameOf(made)
    const { levels: starts } = await loadEnvironment(game.environment)
    const learner = await createEpisodicPpo(options, {
      ...{ name: `service/${name}`, seed, environment: game.environment, workers },
      ...{ spec: game.spec, steps: game.steps },
    })
    return createBuilder({ name, seed, learner, game, starts, levels: made.levels })
  },
})
