import type { RoleSeed } from '../actors/roles/contract.ts'
import { hostInProcess } from '../actors/roles/host.ts'
import type { Channel } from '../actors/transport/contract.ts'
import { workerChannel } from '../actors/transport/worker.ts'
import type { ActorId } from '../core/ids.ts'
import { builtUrl } from '../core/module.ts'
import { shareNativeGate } from '../inference/native-gate.ts'
import type { RunConfig } from './contract.ts'

const ROLE_WORKER = builtUrl(import.meta.url, '../actors/roles/role.worker.js')

/** Starts an actor where the config places it and gives the hub's end of the channel to it. */
export function openAt(placement: RunConfig['placement']) {
  return (actor: ActorId, seed: RoleSeed, epoch: number): Channel => {
    // Threads started in that thread must share the gate with this one.
    shareNativeGate()
    if (placement[seed.role] === 'thread') return workerChannel(ROLE_WORKER, { seed, epoch }, actor)
    return hostInProcess(seed, epoch).channel
  }
}
