import { hostPlaced } from '../../actors/roles/host-placed.ts'
import { joinHub } from '../../actors/transport/grpc/join.ts'
import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import { realTimers } from '../../core/timers.ts'
import { prepareCuda } from '../../inference/cuda/prepare-cuda.ts'
import { shareNativeGate } from '../../inference/native-gate.ts'
import { readPlatform } from '../../run/platform.ts'
import { version } from '../../version.ts'
import type { Endpoint } from '../../wire/index.ts'
import { wirePlatform } from '../hub/admission.ts'

export interface NodeOptions {
  /** Asked at every attempt to dial. */
  readonly endpoint: () => Endpoint
  readonly label: string
  readonly places: number
  readonly name: string
  readonly cpus: number
  readonly gpus: number
  /** Seconds without a hub after which the node gives up; 0 = never. */
  readonly patienceSeconds: number
  readonly onEvent: (event: NodeEvent) => void
}

export type NodeEvent =
  | { readonly kind: 'joined' }
  | { readonly kind: 'away'; readonly why: ErrorRecord }
  | { readonly kind: 'actor'; readonly actor: string; readonly state: 'made' | 'gone' }
  | { readonly kind: 'failed'; readonly actor: string; readonly error: ErrorRecord }

export interface RunningNode {
  /** Resolves when the hub needs no node any more; rejects with why the node cannot go on. */
  readonly over: Promise<void>
  leave(): void
}

/** Offers places to a hub and makes the actors that it is asked for, each in a thread of its own. */
export function runNode(options: NodeOptions): RunningNode {
  const { endpoint, name, onEvent } = options
  // Learners start threads from the actors' threads; all must share one gate.
  shareNativeGate()
  // An evaluator may be asked to measure on a GPU of this machine, and only the main thread can ready it.
  prepareCuda()
  const platform = wirePlatform(readPlatform())
  const actors = new Map<string, Promise<void>>()
  const membership = joinHub({
    endpoint,
    timers: realTimers,
    patienceMs: options.patienceSeconds * 1000,
    offer: {
      label: options.label,
      places: options.places,
      name,
      platform,
      cpus: options.cpus,
      gpus: options.gpus,
      agon: version,
    },
    tickets: () => [...actors.keys()],
    onState: (state, why) => {
      if (state === 'joined') onEvent({ kind: 'joined' })
      else onEvent({ kind: 'away', why: toErrorRecord(why) })
    },
    onPlace(placement) {
      const { ticket, actor } = placement
      if (actors.has(ticket)) return
      onEvent({ kind: 'actor', actor, state: 'made' })
      const life = hostPlaced(placement, { endpoint, name, platform, timers: realTimers }).then(
        () => {
          onEvent({ kind: 'actor', actor, state: 'gone' })
          actors.delete(ticket)
          membership.ended(ticket)
        },
        (cause) => {
          const error = toErrorRecord(cause)
          onEvent({ kind: 'failed', actor, error })
          actors.delete(ticket)
          membership.failed(ticket, error)
        },
      )
      actors.set(ticket, life)
    },
  })
  return {
    over: membership.over.finally(() => Promise.all(actors.values())),
    leave: membership.leave,
  }
}
