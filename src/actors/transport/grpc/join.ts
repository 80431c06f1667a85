import { type AgonError, type ErrorRecord, fromErrorRecord } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import {
  ACTORS,
  type agon,
  type ClientStream,
  type Connection,
  decodeError,
  dial,
  type Endpoint,
  encodeFault,
  fromStatus,
} from '../../../wire/index.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { PROTOCOL_VERSION } from './versions.ts'

const PAUSE_MS = 500
/** How long a hub may take to answer an offer. */
const ANSWER_MS = 30_000

export interface JoinOptions {
  /** Asked at every attempt: a hub that was started again listens somewhere else. */
  readonly endpoint: () => Endpoint
  readonly offer: Omit<agon.v1.NodeOffer.$Properties, 'versions' | 'session' | 'tickets'>
  readonly timers: Timers
  /** Placements received and not ended. */
  readonly tickets: () => readonly string[]
  /** The hub wants this actor made. One that is at hand already may come again. */
  readonly onPlace: (placement: agon.v1.Placement) => void
  readonly onState: (state: 'joined' | 'away', why?: ErrorRecord) => void
  /** Milliseconds without a hub after which the node gives up; 0 = never. */
  readonly patienceMs: number
}

export interface Membership {
  /** The actor of this ticket is gone, with its threads. */
  ended(ticket: string): void
  failed(ticket: string, error: ErrorRecord): void
  /** Resolves when the hub has said that it needs no node any more; rejects with what it refuses, or when patience ends. */
  readonly over: Promise<void>
  leave(): void
}

/** Offers places to a hub and keeps offering them: over broken streams, and to a hub that was started again. */
export function joinHub(options: JoinOptions): Membership {
  const { timers } = options
  let session = ''
  let connection: Connection | null = null
  let stream: ClientStream<agon.v1.NodeReport.$Properties, agon.v1.NodeOrder> | null = null
  let heartbeat: Heartbeat | null = null
  let giveUp: (() => void) | null = null
  let answered: (() => void) | null = null
  let settle: { resolve(): void; reject(error: unknown): void } | null = null
  const over = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })

  const disconnect = (): void => {
    answered?.()
    answered = null
    heartbeat?.stop()
    heartbeat = null
    stream?.cancel()
    stream = null
    connection?.close()
    connection = null
  }
  const finish = (error?: AgonError): void => {
    if (settle === null) return
    if (error === undefined) settle.resolve()
    else settle.reject(error)
    settle = null
    giveUp?.()
    disconnect()
  }
  const away = (why: AgonError): void => {
    if (settle === null) return
    disconnect()
    options.onState('away', why)
    if (options.patienceMs > 0 && giveUp === null)
      giveUp = timers.after(options.patienceMs, () => finish(why))
    timers.after(PAUSE_MS, open)
  }
  const hear = (order: agon.v1.NodeOrder): void => {
    answered?.()
    heartbeat?.heard()
    if (order.accepted != null) {
      session = order.accepted.session ?? ''
      giveUp?.()
      giveUp = null
      heartbeat?.stop()
      heartbeat = startHeartbeat({
        intervalMs: order.accepted.heartbeatMs ?? 2000,
        missed: order.accepted.missedHeartbeats ?? 3,
        timers,
        beat: () => stream?.write({ heartbeat: {} }),
        dead: () => away(silent()),
      })
      options.onState('joined')
    } else if (order.place != null) options.onPlace(order.place as agon.v1.Placement)
    else if (order.refused != null) finish(fromErrorRecord(decodeError(order.refused)))
    else if (order.goodbye != null) {
      if (order.goodbye.again) away(restarting())
      else finish()
    }
  }
  const open = (): void => {
    if (settle === null) return
    let at: ClientStream<agon.v1.NodeReport.$Properties, agon.v1.NodeOrder>
    let address = ''
    try {
      connection = dial(options.endpoint())
      address = connection.address
      at = connection.bidi(ACTORS.methods.join)
    } catch (error) {
      // The rendezvous file is not there (yet, or any more).
      away(error as AgonError)
      return
    }
    stream = at
    at.on('data', (order) => {
      if (stream === at) hear(order)
    })
    const broke = (error: AgonError): void => {
      if (stream !== at) return
      if (error.code === 'wire/token') finish(error)
      else away(error)
    }
    at.on('error', (error) => broke(fromStatus(error as never, address)))
    at.on('end', () => broke(restarting()))
    // Heartbeats begin once the offer is accepted.
    answered = timers.after(ANSWER_MS, () => broke(silent()))
    at.write({
      offer: {
        ...options.offer,
        versions: [PROTOCOL_VERSION],
        session,
        tickets: [...options.tickets()],
      },
    })
  }
  open()
  return {
    ended: (ticket) => void stream?.write({ ended: ticket }),
    failed: (ticket, error) =>
      void stream?.write({ failed: { ticket, error: encodeFault(error) } }),
    over,
    leave() {
      stream?.end()
      stream = null
      finish()
    },
  }
}

const silent = (): AgonError =>
  fromErrorRecord({ code: 'wire/silent', message: 'nothing was heard of the hub' })
const restarting = (): AgonError =>
  fromErrorRecord({ code: 'wire/ended', message: 'the hub ended the stream' })
