import { AgonError, type ErrorRecord, toErrorRecord } from '../../../core/errors.ts'
import type { Timers } from '../../../core/timers.ts'
import { type agon, encodeError, Garbled, type ServerStream } from '../../../wire/index.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import { checkName } from './names.ts'
import type { PeerSettings } from './peer.ts'
import { silentStreams } from './silent-streams.ts'
import { checkVersions, DEFAULT_LABEL, PROTOCOL_VERSION } from './versions.ts'

type JoinStream = ServerStream<agon.v1.NodeReport, agon.v1.NodeOrder.$Properties>
type Order = agon.v1.NodeOrder.$Properties

/** An actor that is to be made on a node. */
export interface PlacementOrder {
  /** Of the node: `placement: node:<label>`. */
  readonly label: string
  readonly ticket: string
  readonly placement: agon.v1.Placement.$Properties
}

export interface NodesListener {
  /** Whether this node may join. @throws AgonError the refusal */
  admit(offer: agon.v1.NodeOffer): void
  /** The node that had this ticket is gone, or could not carry it out. */
  gone(ticket: string, why: ErrorRecord): void
}

/** The nodes of a run: processes elsewhere that make actors when asked. */
export interface Nodes {
  /** The hub's side of `Join`. */
  receive(stream: JoinStream): void
  /** Goes to a node of that label as soon as one has a free place. Gives back what calls it off while none has. */
  place(order: PlacementOrder): () => void
  /** Says goodbye to all. `again`: another hub of this run will follow. */
  end(again: boolean): void
}

interface Node {
  readonly session: string
  readonly offer: agon.v1.NodeOffer
  /** Placements that it was sent and has not ended, by ticket. */
  readonly tickets: Map<string, PlacementOrder>
  stream: JoinStream | null
  heartbeat: Heartbeat | null
  /** Calls off giving it up. */
  patience: (() => void) | null
}

export interface NodesOptions {
  readonly settings: PeerSettings
  readonly timers: Timers
  readonly run: string
  readonly listener: NodesListener
  readonly newSession: () => string
}

/** Nodes of a run at a time, those that are away for a moment included. */
const MOST_NODES = 4096

export function openNodes(options: NodesOptions): Nodes {
  const { settings, timers, listener } = options
  const silent = silentStreams(timers)
  const nodes = new Map<string, Node>()
  const queue: PlacementOrder[] = []
  let ended = false

  const send = (node: Node, order: Order): void => {
    node.stream?.write(order)
  }
  const assign = (): void => {
    for (let i = 0; i < queue.length; ) {
      const order = queue[i]
      // The least busy one; among equals the one that joined first.
      const [node] = [...nodes.values()]
        .filter(
          ({ offer, stream, tickets }) =>
            stream !== null && labelOf(offer) === order.label && tickets.size < offer.places,
        )
        .sort((a, b) => a.tickets.size - b.tickets.size)
      if (node === undefined) i += 1
      else {
        queue.splice(i, 1)
        node.tickets.set(order.ticket, order)
        send(node, { place: order.placement })
      }
    }
  }
  const giveUp = (node: Node, why: string): void => {
    if (!nodes.delete(node.session)) return
    node.heartbeat?.stop()
    node.patience?.()
    for (const ticket of node.tickets.keys())
      listener.gone(ticket, { code: 'actor/lost', message: `node ${nameOf(node.offer)} ${why}` })
  }
  const disconnect = (node: Node, stream: JoinStream, why: string): void => {
    if (node.stream !== stream) return
    node.stream = null
    node.heartbeat?.stop()
    const { resumeMs } = settings
    node.patience = timers.after(resumeMs, () =>
      giveUp(node, `did not come back within ${resumeMs / 1000} s after ${why}`),
    )
  }
  const refuse = (stream: JoinStream, error: unknown): void => {
    stream.write({ refused: encodeError(toErrorRecord(error)) })
    stream.end()
  }
  const accept = (offer: agon.v1.NodeOffer, stream: JoinStream): Node => {
    checkVersions(offer.versions)
    if (ended) throw new AgonError('run/over', 'the run is over')
    checkName(offer.label, 'label')
    checkName(offer.name, 'name')
    if (offer.places < 1) throw new AgonError('node/places', 'a node offers at least one place')
    listener.admit(offer)
    const known = nodes.get(offer.session)
    if (known === undefined && nodes.size >= MOST_NODES)
      throw new AgonError('wire/overloaded', `${MOST_NODES} nodes have joined already`)
    const node: Node = known ?? {
      session: options.newSession(),
      offer,
      tickets: new Map(),
      stream: null,
      heartbeat: null,
      patience: null,
    }
    nodes.set(node.session, node)
    node.patience?.()
    node.heartbeat?.stop()
    node.stream?.end()
    node.stream = stream
    node.heartbeat = startHeartbeat({
      intervalMs: settings.heartbeatMs,
      missed: settings.missedHeartbeats,
      timers,
      beat: () => send(node, { heartbeat: {} }),
      dead: () => {
        disconnect(node, stream, 'nothing was heard of it')
        stream.end()
      },
    })
    send(node, {
      accepted: {
        version: PROTOCOL_VERSION,
        heartbeatMs: settings.heartbeatMs,
        missedHeartbeats: settings.missedHeartbeats,
        run: options.run,
        session: node.session,
      },
    })
    for (const order of node.tickets.values())
      if (!offer.tickets.includes(order.ticket)) send(node, { place: order.placement })
    assign()
    return node
  }
  const hear = (node: Node, report: agon.v1.NodeReport): void => {
    node.heartbeat?.heard()
    const free = (ticket: string): boolean => {
      const had = node.tickets.delete(ticket)
      assign()
      return had
    }
    if (report.ended != null) free(report.ended)
    else if (report.failed != null) {
      const { ticket, error } = report.failed
      const reason = error?.message ?? 'no reason was given'
      if (free(ticket))
        listener.gone(ticket, {
          code: error?.code ?? 'node/failed',
          message: `node ${nameOf(node.offer)} could not make it: ${reason}`,
        })
    }
  }

  return {
    receive(stream) {
      let node: Node | null = null
      let refused = false
      const turnAway = (error: unknown): void => {
        refused = true
        refuse(stream, error)
      }
      const spoken = silent.add(turnAway)
      stream.on('data', (report) => {
        spoken()
        if (refused) return
        try {
          if (report instanceof Garbled) throw report.error
          if (node !== null) hear(node, report)
          else if (report.offer != null) node = accept(report.offer as agon.v1.NodeOffer, stream)
          else throw new AgonError('wire/hello', 'the first report of a node is its offer')
        } catch (error) {
          turnAway(error)
        }
      })
      const left = (why: string): void => {
        spoken()
        if (node !== null) disconnect(node, stream, why)
      }
      stream.on('end', () => {
        spoken()
        stream.end()
        // It left in order: it will not come back.
        if (node?.stream === stream) giveUp(node, 'left')
      })
      stream.on('cancelled', () => left('its connection broke'))
      stream.on('error', () => left('its connection broke'))
    },
    place(order) {
      queue.push(order)
      assign()
      return () => {
        const at = queue.indexOf(order)
        if (at >= 0) queue.splice(at, 1)
      }
    },
    end(again) {
      ended = true
      for (const node of nodes.values()) {
        send(node, { goodbye: { again } })
        node.heartbeat?.stop()
        node.patience?.()
        node.stream?.end()
      }
      nodes.clear()
    },
  }
}

const labelOf = ({ label }: agon.v1.NodeOffer): string => label || DEFAULT_LABEL
const nameOf = ({ name, label }: agon.v1.NodeOffer): string => name || label || DEFAULT_LABEL
