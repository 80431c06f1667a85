import type { ActorHub } from '../../actors/roles/actor-hub.ts'
import type { ExperimentPlan } from '../../actors/roles/experiment-contract.ts'
import type { RunConfig } from '../../run/contract.ts'
import type { Implementation } from '../../wire/index.ts'
import {
  type Admit,
  openRemoteActors,
  type RemoteActors,
  type RemoteActorsInput,
} from './remote-actors.ts'

/** The places and environments of one stage after the other, behind one listener. */
export interface SwitchedActors extends RemoteActors {
  /** Lets the actors of the stage before go; from now on those of this one are met. */
  next(config: RunConfig, plan: ExperimentPlan): Promise<void>
}

/** @param input of the first stage that is run */
export async function openSwitchedActors(input: RemoteActorsInput): Promise<SwitchedActors> {
  let current = await openRemoteActors(input)
  let admit: Admit | null = null
  const hub: ActorHub = {
    service: current.hub.service,
    attach: (...place) => current.hub.attach(...place),
    placeOn: (...place) => current.hub.placeOn(...place),
    end: (again) => current.hub.end(again),
  }
  return {
    services: current.services.map((service) => switched(service, () => current.services)),
    hub,
    onAdmit(check) {
      admit = check
      current.onAdmit(check)
    },
    async next(config, plan) {
      const opened = await openRemoteActors({ ...input, config, plan })
      if (admit !== null) opened.onAdmit(admit)
      current.hub.end(true)
      current = opened
    },
  }
}

/** A service whose calls go to the one of that name that is there when they come. */
function switched(
  { name, definition, handlers }: Implementation,
  current: () => readonly Implementation[],
): Implementation {
  const late = Object.keys(handlers).map((method) => {
    const call = (...given: readonly unknown[]): unknown => {
      const service = current().find((one) => one.name === name)
      const handler = service?.handlers[method] as (...given: readonly unknown[]) => unknown
      return handler(...given)
    }
    return [method, call]
  })
  return { name, definition, handlers: Object.fromEntries(late) }
}
