import type { Timers } from '../../core/timers.ts'
import { Mismatch } from '../../envs/remote/conformance/check.ts'
import { agon, encodeError } from '../../wire/index.ts'
import { NotReached } from '../not-reached.ts'
import { Conversation } from '../scripted-hub/conversation.ts'
import type { Arrival, Desk } from '../scripted-hub/desk.ts'
import type { FrameLedger } from '../scripted-hub/frame-law.ts'
import { type Heard, kindName } from '../scripted-hub/saying.ts'
import type { PlayedPart, Turns } from './played-part.ts'

const { Kind } = agon.v1
const { REASON_AGAIN } = agon.v1.Goodbye.Reason

/** Bytes under way in an ordinary session. */
const CREDIT = 1024 * 1024
/** How often it is looked whether the third party is there. */
const SLICE_MS = 500
/** How the reason of a check begins that nobody came for. */
export const NOBODY = 'nobody attached'
export const SPEAKS_FIRST = 'nothing: the actor speaks first'

/** No session came about, which stands in the way of every check. */
export class NoSession extends Mismatch {
  constructor({ sent, expected, received }: Mismatch) {
    super(sent, expected, received)
  }
}

/** How long a goodbye may take when nothing is examined. */
const PARTING_MS = 3000

export interface StageOptions {
  readonly part: PlayedPart
  readonly desk: Desk
  readonly ledger: FrameLedger
  readonly timers: Timers
  readonly heartbeatMs: number
  /** Of an ordinary session: many, for a long message, or a machine that is busy with others, is no silence of the hub. */
  readonly missedHeartbeats: number
  /** Milliseconds that an answer may take. */
  readonly patienceMs: number
  /** Milliseconds until someone must have attached. */
  readonly attachMs: number
  /** A name that nobody guesses. */
  readonly newSession: () => string
  /** Nobody is there: start the third party, or ask for it. Called before each attachment that has to wait. */
  readonly summon: () => void
}

/** What a check wants of its session. */
export interface SessionWishes {
  readonly credit: number
  readonly granting: boolean
  /** Cycles that are done already. */
  readonly cycle: number
  readonly missedHeartbeats: number
}

/** What earlier checks found out, for later ones. */
export interface Facts {
  hello: { readonly message: agon.v1.Hello; readonly sequence: number } | null
  capabilities: agon.v1.Capabilities.$Properties
  ready: agon.v1.Ready | null
  /** Answers of the first whole cycle. */
  readonly heard: Map<agon.v1.Kind, Heard>
  snapshot: { readonly wire: agon.v1.Snapshot.$Properties; readonly cycle: number } | null
  policy: Uint8Array | null
}

/** The scripted hub, the conversation under way, and what is known of the third party. */
export class Stage {
  readonly options: StageOptions
  readonly facts: Facts = {
    hello: null,
    capabilities: {},
    ready: null,
    heard: new Map(),
    snapshot: null,
    policy: null,
  }
  turns: Turns
  #talk: Conversation | null = null
  #epoch = 0

  constructor(options: StageOptions) {
    this.options = options
    this.turns = options.part.turns(0)
  }

  get part(): PlayedPart {
    return this.options.part
  }

  /** The conversation under way, or a new one. */
  async talk(): Promise<Conversation> {
    if (this.#talk !== null && !this.#talk.over) return this.#talk
    if (this.#talk !== null) await this.dismiss()
    return this.open()
  }

  /** A session of its own: the third party says hello anew, is welcomed and gets ready. */
  async open(wishes: Partial<SessionWishes> = {}): Promise<Conversation> {
    try {
      return await this.#open(wishes)
    } catch (error) {
      if (error instanceof Mismatch) throw new NoSession(error)
      throw error
    }
  }

  async #open({
    credit = CREDIT,
    granting = true,
    cycle = 0,
    missedHeartbeats = this.options.missedHeartbeats,
  }: Partial<SessionWishes>): Promise<Conversation> {
    const { arrival, hello } = await this.#fresh()
    const { part, newSession, timers, ledger, heartbeatMs, patienceMs } = this.options
    this.facts.hello = { message: hello, sequence: arrival.first.sequence }
    this.facts.capabilities = hello.capabilities ?? {}
    this.turns = part.turns(cycle)
    const talk = new Conversation({
      session: newSession(),
      epoch: ++this.#epoch,
      actor: part.actor,
      place: part.place,
      ...{ credit, granting, heartbeatMs, missedHeartbeats, patienceMs, timers, ledger },
    })
    this.#talk = talk
    talk.welcome(arrival.stream, 0)
    const ready = await talk.hear(Kind.KIND_READY, 'WELCOME')
    this.facts.ready = agon.v1.Ready.decode(ready.body)
    return talk
  }

  /** Waits until the third party takes its session up again on another stream. */
  async comesBack(
    talk: Conversation,
    sent: string,
  ): Promise<{ arrival: Arrival; received: number }> {
    const { attachMs } = this.options
    const wanted = 'HELLO with the session of the welcome, on a new stream'
    const arrival = await this.options.desk.next(attachMs)
    if (arrival === null) throw new Mismatch(sent, wanted, `nothing within ${attachMs / 1000} s`)
    const hello = readHello(arrival.first)
    if (hello.session !== talk.options.session) {
      refuse(arrival, 'wire/session', 'there is no such session any more')
      throw new Mismatch(
        sent,
        wanted,
        hello.session === '' ? 'HELLO without a session' : 'HELLO with another session',
      )
    }
    return { arrival, received: hello.received }
  }

  /** Asks questions until no cycle is under way. */
  async settle(): Promise<Conversation> {
    const talk = await this.talk()
    while (!this.turns.between) await talk.ask(this.turns.next())
    return talk
  }

  /** Ends the conversation so that the third party comes anew, whatever state it is in. */
  async dismiss(): Promise<void> {
    const talk = this.#talk
    this.#talk = null
    if (talk === null) return
    if (!talk.over) {
      if (talk.allowed > talk.spent)
        await talk.say({
          kind: Kind.KIND_CLOSE,
          correlation: '',
          body: new Uint8Array(0),
          text: '',
        })
      talk.sayGoodbye(REASON_AGAIN)
      await talk.bell.wait(() => talk.goodbye !== null || talk.ended !== null, PARTING_MS)
    }
    talk.release()
  }

  /** The conversation was ended by a check. */
  leave(): void {
    this.#talk?.release()
    this.#talk = null
  }

  /** The next who says hello without a session. */
  async #fresh(): Promise<{ arrival: Arrival; hello: agon.v1.Hello }> {
    const { desk, attachMs, part, summon } = this.options
    for (let waited = 0; ; ) {
      // Again and again: one that is about to leave looks as if it were there.
      summon()
      const arrival = await desk.next(SLICE_MS)
      if (arrival === null) {
        waited += SLICE_MS
        if (waited < attachMs) continue
        throw new NotReached(`${NOBODY} within ${attachMs / 1000} s`)
      }
      const hello = readHello(arrival.first)
      if (hello.session !== '') {
        refuse(arrival, 'wire/session', 'there is no such session any more')
        continue
      }
      if (hello.role !== part.wireRole) {
        refuse(arrival, 'attach/slot', `this hub waits for the ${part.role} alone`)
        const role = agon.v1.Role[hello.role] ?? String(hello.role)
        throw new Mismatch(SPEAKS_FIRST, `HELLO with ${agon.v1.Role[part.wireRole]}`, role)
      }
      return { arrival, hello }
    }
  }
}

/** @throws Mismatch where the first frame is no hello */
export function readHello(first: agon.v1.Frame): agon.v1.Hello {
  if (first.kind !== Kind.KIND_HELLO)
    throw new Mismatch(SPEAKS_FIRST, 'HELLO', kindName(first.kind))
  try {
    return agon.v1.Hello.decode(first.body)
  } catch (error) {
    throw new Mismatch(SPEAKS_FIRST, 'HELLO with a body of agon.v1.Hello', (error as Error).message)
  }
}

function refuse({ stream }: Arrival, code: string, message: string): void {
  const body = agon.v1.Error.encode(encodeError({ code, message })).finish()
  stream.write({ kind: Kind.KIND_REFUSED, body })
  stream.end()
}
