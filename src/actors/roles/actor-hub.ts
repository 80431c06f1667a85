import { randomBytes } from 'node:crypto'
import { AgonError, type ErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import type { Timers } from '../../core/timers.ts'
import { ACTORS, type agon, type Implementation, implement } from '../../wire/index.ts'
import type { Channel } from '../transport/contract.ts'
import { receiveAttach } from '../transport/grpc/attach-service.ts'
import type { ActorPresence, Claim, Expectation } from '../transport/grpc/contract.ts'
import { openNodes } from '../transport/grpc/nodes.ts'
import type { PeerSettings } from '../transport/grpc/peer.ts'
import { openPlaces } from '../transport/grpc/places.ts'
import type { RoleSeed } from './contract.ts'
import { rowOf } from './table/table.ts'
import { hubCodec } from './wire/codec.ts'
import type { Side } from './wire/entry.ts'
import type { Sealing } from './wire/measuring.ts'

export interface ActorHubOptions {
  readonly settings: PeerSettings
  /** Milliseconds until an outsider or a node must have come for a place. */
  readonly attachMs: number
  readonly timers: Timers
  readonly run: { readonly id: string; readonly name: string }
  /** Actors that are placed `attach`. */
  readonly attachable: readonly { readonly actor: ActorId; readonly seed: RoleSeed }[]
  readonly sealing: Sealing
  /** Why a level of that environment cannot be attempted, or null. */
  readonly levelFault: (level: Uint8Array) => ErrorRecord | null
  /** Why that environment cannot be probed so, or null. */
  readonly probeFault: (name: string) => ErrorRecord | null
  /** The handle of the environment that the run trains in, for those who step it over the wire. */
  readonly environment: agon.v1.Environment.$Properties
  readonly presence: (actor: ActorId, state: ActorPresence, name: string) => void
  /**
   * Whether an actor on this platform may take the place.
   * @throws AgonError `attach/platform`
   */
  readonly admit: (actor: ActorId, platform: agon.v1.Platform.$Properties | null) => void
  /** Version of Agon; nodes must have the same. */
  readonly version: string
}

/** Where a run meets actors of other processes. */
export interface ActorHub {
  /** For the listener. */
  readonly service: Implementation
  /** Waits for an outsider. */
  attach(actor: ActorId, seed: RoleSeed, epoch: number): Channel
  /** Has the actor made on a node of that label. */
  placeOn(label: string, actor: ActorId, seed: RoleSeed, epoch: number): Channel
  /** The run is over, or (`again`) goes on under another hub later. */
  end(again: boolean): void
}

/** Nobody guesses it. */
const secret = (): string => randomBytes(18).toString('base64url')

export function openActorHub(options: ActorHubOptions): ActorHub {
  const { settings, timers, run, sealing } = options
  const places = openPlaces({
    settings,
    timers,
    run,
    attachable: options.attachable.map(({ actor, seed }) => ({ actor, ...who(seed) })),
    newSession: secret,
    listener: {
      presence: options.presence,
      admit: ({ actor }, { platform }) => options.admit(actor, platform ?? null),
    },
  })
  const nodes = openNodes({
    settings,
    timers,
    run: run.id,
    newSession: secret,
    listener: {
      admit: ({ agon: theirs }) => {
        if (theirs !== options.version)
          throw new AgonError(
            'node/version',
            `the node has Agon ${theirs}, the hub has ${options.version}`,
            {
              remedy: 'install the same version on both',
            },
          )
      },
      gone: (ticket, { message }) => places.abandon(ticket, message),
    },
  })
  const sideOf = (seed: RoleSeed, { kind }: Claim): Side => ({
    role: seed.role,
    ...rowOf(seed.role).side(seed, {
      attached: kind === 'attach',
      levelFault: options.levelFault,
      probeFault: options.probeFault,
    }),
  })
  const expectation = (
    actor: ActorId,
    seed: RoleSeed,
    epoch: number,
    claim: Claim,
  ): Expectation => ({
    actor,
    ...who(seed),
    epoch,
    claim,
    codec: hubCodec(sideOf(seed, claim), sealing),
    place: rowOf(seed.role).welcome(seed, options.environment),
    deadlineMs: options.attachMs,
  })
  return {
    service: implement(ACTORS, {
      attach: receiveAttach(places, timers),
      join: (stream) => nodes.receive(stream),
    }),
    attach: (actor, seed, epoch) =>
      places.expect(expectation(actor, seed, epoch, { kind: 'attach' })),
    placeOn(label, actor, seed, epoch) {
      const ticket = secret()
      const channel = places.expect(expectation(actor, seed, epoch, { kind: 'ticket', ticket }))
      const callOff = nodes.place({
        label,
        ticket,
        placement: { ticket, actor, epoch, ...rowOf(seed.role).placed.encode(seed) },
      })
      return {
        ...channel,
        onLost: (listener) =>
          channel.onLost((error) => {
            callOff()
            listener(error)
          }),
        async close(again, failure) {
          callOff()
          await channel.close(again, failure)
        },
      }
    },
    end(again) {
      places.end(again)
      nodes.end(again)
    },
  }
}

function who(seed: RoleSeed): { readonly role: string; readonly slot?: string } {
  const place = rowOf(seed.role).place(seed)
  return { role: seed.role, ...(place === null ? {} : { slot: place }) }
}
