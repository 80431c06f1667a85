import { AgonError } from '../core/errors.ts'
import type { Environment, EnvironmentSpec, SteppableEnvironment } from './contract.ts'

/** Whether a spec is that of an environment to step: where nothing is observed, there is nothing to step. */
export function hasSteps({ observations }: Pick<EnvironmentSpec, 'observations'>): boolean {
  return Object.keys(observations).length > 0
}

/**
 * The same environment, as one that can be stepped.
 * @param asked who wants to step it and what for, `the ppo student rolls it out`
 * @throws AgonError `env/no-steps` where it has levels alone
 */
export function steppable<L>(environment: Environment<L>, asked: string): SteppableEnvironment<L> {
  if (environment.vector !== undefined) return environment as SteppableEnvironment<L>
  throw noSteps(environment.spec, asked)
}

export function noSteps({ id }: Pick<EnvironmentSpec, 'id'>, asked: string): AgonError {
  return new AgonError(
    'env/no-steps',
    `the environment '${id}' has levels and no steps: ${asked}`,
    {
      remedy: 'take an environment with `vector`, or a student that attempts levels without steps',
      fields: { environment: id, asked },
    },
  )
}

/**
 * The spec of an environment without steps: nothing is observed, there is no action to choose, and one attempts each
 * level, in the seat that outcomes name.
 */
export function specWithoutSteps({
  id,
  profile,
  seat = 'agent',
}: {
  readonly id: string
  readonly profile: string
  readonly seat?: string
}): EnvironmentSpec {
  return {
    id,
    profile,
    observations: {},
    actions: { kind: 'discrete', count: 0 },
    agents: 1,
    seats: { [seat]: [0] },
  }
}
