import type { ExperimentPlan } from '../../actors/roles/experiment-contract.ts'
import type { RunConfig } from '../../run/contract.ts'
import type { RemoteActors } from './remote-actors.ts'
import type { RunFacts } from './run-feed.ts'
import type { RunHub } from './run-hub.ts'
import type { SwitchedActors } from './switched-actors.ts'

export interface OpenedHub {
  readonly hub: RunHub
  readonly remote: RemoteActors
  /** The same as `remote`, where the run has stages. */
  readonly switched?: SwitchedActors
}

/**
 * The hub of a run with the places of its actors. Imported late: what launches nothing should not load the wire.
 * @param config of the stage at hand, where the run is `staged`
 * @throws AgonError `wire/listen`, `wire/insecure`, `wire/certificate`, `wire/token-weak`
 */
export async function openHubOf(
  config: RunConfig,
  plan: ExperimentPlan,
  facts: Omit<RunFacts, 'budget'>,
  staged = false,
): Promise<OpenedHub> {
  const { actorLedger } = await import('../../run/actor-states.ts')
  const { openRemoteActors } = await import('./remote-actors.ts')
  const { openSwitchedActors } = await import('./switched-actors.ts')
  const { openRunHub } = await import('./run-hub.ts')
  const actors = actorLedger()
  const input = { config, plan, run: facts, actors }
  const switched = staged ? await openSwitchedActors(input) : null
  const remote = switched ?? (await openRemoteActors(input))
  const hub = await openRunHub({
    config: config.hub,
    run: { ...facts, budget: config.budget },
    actors,
    services: remote.services,
    env: process.env,
  })
  return { hub, remote, ...(switched === null ? {} : { switched }) }
}
