import type { ExperimentPlan } from '../../actors/roles/experiment-contract.ts'
import type { RunConfig } from '../../run/contract.ts'
import type { RemoteActors } from './remote-actors.ts'
import type { RunFacts } from './run-feed.ts'
import type { RunHub } from './run-hub.ts'

/**
 * The hub of a run with the places of its actors. Imported late: what launches nothing should not load the wire.
 * @throws AgonError `wire/listen`, `wire/insecure`, `wire/certificate`, `wire/token-weak`
 */
export async function openHubOf(
  config: RunConfig,
  plan: ExperimentPlan,
  facts: Omit<RunFacts, 'budget'>,
): Promise<{ readonly hub: RunHub; readonly remote: RemoteActors }> {
  const { actorLedger } = await import('../../run/actor-states.ts')
  const { openRemoteActors } = await import('./remote-actors.ts')
  const { openRunHub } = await import('./run-hub.ts')
  const actors = actorLedger()
  const remote = await openRemoteActors({ config, plan, run: facts, actors })
  const hub = await openRunHub({
    config: config.hub,
    run: { ...facts, budget: config.budget },
    actors,
    services: remote.services,
    env: process.env,
  })
  return { hub, remote }
}
