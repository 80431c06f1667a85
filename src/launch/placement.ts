import type { ActorHub } from '../actors/roles/actor-hub.ts'
import type { RoleSeed } from '../actors/roles/contract.ts'
import { hostInProcess } from '../actors/roles/host.ts'
import { actorName } from '../actors/roles/names.ts'
import type { Channel } from '../actors/transport/contract.ts'
import { workerChannel } from '../actors/transport/worker.ts'
import type { ActorId } from '../core/ids.ts'
import { builtUrl } from '../core/module.ts'
import { shareNativeGate } from '../inference/native-gate.ts'
import type { RunConfig } from '../run/contract.ts'
import { labelOf, placementOf } from '../run/placement-of.ts'
import type { ChildNodes } from './hub/child-nodes.ts'

const ROLE_WORKER = builtUrl(import.meta.url, '../actors/roles/role.worker.js')

/** Starts an actor where the config places it and gives the hub's end of the channel to it. */
export function openAt(
  placement: RunConfig['placement'],
  hub: ActorHub,
  children: ChildNodes,
): (actor: ActorId, seed: RoleSeed, epoch: number) => Channel {
  return (actor, seed, epoch) => {
    // Threads started in that thread must share the gate with this one.
    shareNativeGate()
    const place = placementOf(placement, actorName(actor))
    switch (place) {
      case 'local':
        return hostInProcess(seed, epoch).channel
      case 'thread':
        return workerChannel(ROLE_WORKER, { seed, epoch }, actor)
      case 'attach':
        return hub.attach(actor, seed, epoch)
      case 'process':
        return hub.placeOn(children.labelFor(actor), actor, seed, epoch)
      default:
        return hub.placeOn(labelOf(place) ?? place, actor, seed, epoch)
    }
  }
}
