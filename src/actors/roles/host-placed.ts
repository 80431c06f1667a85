import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import { builtUrl } from '../../core/module.ts'
import type { Timers } from '../../core/timers.ts'
import type { agon, Endpoint } from '../../wire/index.ts'
import type { Channel, Envelope } from '../transport/contract.ts'
import { attach } from '../transport/grpc/attach.ts'
import { workerChannel } from '../transport/worker.ts'
import { rowOfActor } from './table/table.ts'
import { actorCodec } from './wire/codec.ts'

const ROLE_WORKER = builtUrl(import.meta.url, './role.worker.js')

/** One that Agon makes itself is believed. */
const OWN = { attached: false, levelFault: () => null, probeFault: () => null }

/** A hub that gave out a ticket is there and holds the place open. */
const ANSWER_MS = 60_000

export interface PlacedOptions {
  readonly endpoint: () => Endpoint
  readonly name: string
  readonly platform: agon.v1.Platform.$Properties
  readonly timers: Timers
}

/**
 * Makes the actor of a placement in a thread of its own, so that this thread is always there for heartbeats, and carries
 * envelopes between it and the hub. Resolves once the actor is gone.
 * @throws AgonError what the hub refuses with, what the seed is refused for
 */
export async function hostPlaced(
  placement: agon.v1.Placement,
  { endpoint, name, platform, timers }: PlacedOptions,
): Promise<void> {
  const { ticket, actor, epoch } = placement
  const row = rowOfActor(actor as ActorId)
  const seed = row.placed.decode(placement)
  const { channel: hub } = await attach({
    endpoint,
    timers,
    answerMs: ANSWER_MS,
    hello: {
      role: row.wire,
      ticket,
      name,
      platform,
      capabilities: { ...row.traits(seed), seats: true },
    },
    codec: () => actorCodec({ role: seed.role, ...row.side(seed, OWN) }),
  })
  const thread = workerChannel(ROLE_WORKER, { seed, epoch }, actor)
  await new Promise<void>((resolve) => {
    const leave = async (): Promise<void> => {
      await thread.close()
      await hub.close()
      resolve()
    }
    relay(thread, hub, epoch)
    hub.onGoodbye(() => void leave())
    hub.onLost(() => void leave())
  })
}

/** Envelopes pass as they are; the loss of the thread is the actor's last word. */
function relay(thread: Channel, hub: Channel, epoch: number): void {
  let said = 0
  thread.onEnvelope((envelope) => {
    said = envelope.sequence
    hub.post(envelope)
  })
  thread.onLost((error: ErrorRecord) => {
    hub.post({ epoch, sequence: said + 1, body: { type: 'failed', error } } as Envelope)
  })
  hub.onEnvelope((envelope) => thread.post(envelope))
}
