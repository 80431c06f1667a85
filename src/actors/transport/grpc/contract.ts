import type { ActorId } from '../../../core/ids.ts'
import type { agon } from '../../../wire/index.ts'
import type { Channel, Message } from '../contract.ts'

/** A role message as the wire has it. */
export interface WireBody {
  readonly kind: agon.v1.Kind
  readonly correlation: string
  readonly body: Uint8Array
}

/**
 * Turns what one actor hears and says into bytes and back; one per conversation, because some content (a probe's levels) is
 * sent once and remembered. `Out` is sent by this side, `In` arrives.
 */
export interface MessageCodec<In extends Message = Message, Out extends Message = Message> {
  encode(message: Out): WireBody
  /**
   * @throws AgonError `wire/kind` for a kind that this side never hears, `wire/body` for a body that makes no sense;
   * `Breach` for one that breaks the contract
   */
  decode(kind: agon.v1.Kind, body: Uint8Array): In
  /** The other side has said hello: what it can do decides what it may be told. */
  meet(hello: agon.v1.Hello): void
}

/** As the table of roles names it. */
export type RemoteRole = string

/** Who may take a place: an outsider of that role, or the actor that a node was told to make. */
export type Claim =
  | { readonly kind: 'attach' }
  | { readonly kind: 'ticket'; readonly ticket: string }

/** A place that waits for a remote actor. */
export interface Expectation {
  readonly actor: ActorId
  readonly role: RemoteRole
  /** Of a role with several places: a slot, a service. */
  readonly slot?: string
  readonly epoch: number
  readonly claim: Claim
  readonly codec: MessageCodec
  /** What the welcome says of the place. */
  readonly place: Partial<agon.v1.Welcome.$Properties>
  /** Milliseconds until someone must have come. */
  readonly deadlineMs: number
}

export type ActorPresence = 'awaited' | 'working' | 'broken' | 'lost' | 'closed'

/** What the places tell their owner, for people and for the journal. */
export interface PlacesListener {
  presence(actor: ActorId, state: ActorPresence, name: string): void
  /**
   * Whether this actor may take the place.
   * @throws AgonError the refusal, which the actor is told
   */
  admit(expectation: Expectation, hello: agon.v1.Hello): void
}

/** The places of a run that remote actors take. */
export interface Places {
  /** Opens a place and gives the hub's end of the channel to whoever will take it. */
  expect(expectation: Expectation): Channel
  /** The node that was to make this actor is gone: nobody will come for it. */
  abandon(ticket: string, why: string): void
  /** The run is over, or (`again`) goes on at other places: nobody is awaited here any more, and outsiders who wait are told. */
  end(again?: boolean): void
}
