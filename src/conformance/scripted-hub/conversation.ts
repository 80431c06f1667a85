import type { FrameStream } from '../../actors/transport/grpc/frame-stream.ts'
import { CHUNK_BYTES, isControl } from '../../actors/transport/grpc/session.ts'
import { AgonError, type ErrorRecord, formatError } from '../../core/errors.ts'
import { Mismatch } from '../../envs/remote/conformance/check.ts'
import { agon, decodeError } from '../../wire/index.ts'
import { type Bell, createBell } from './bell.ts'
import type { ConversationOptions } from './conversation-options.ts'
import { createHearing, type Hearing } from './hearing.ts'
import { type Heard, kindName, type Question, type Saying, textOf, told } from './saying.ts'
import { welcomeBody } from './welcome-body.ts'

const { Kind } = agon.v1

/**
 * The hub's side of one session, played by hand: it numbers, acknowledges and grants as a hub does, shows every frame to the
 * ledger, and can do on purpose what a network does by accident.
 */
export class Conversation {
  readonly options: ConversationOptions
  readonly bell: Bell
  /** The highest number said. */
  sent = 0
  /** Bytes of role messages said, and how many the third party allows. */
  spent = 0
  allowed: number
  /** Frames of any kind that came, and heartbeats among them. */
  frames = 0
  beats = 0
  goodbye: agon.v1.Goodbye.Reason | null = null
  /** What the third party refused the conversation with, in band. */
  refusal: ErrorRecord | null = null
  /** Why there is no stream now; null while there is one. */
  ended: string | null = 'no stream yet'
  readonly hearing: Hearing
  #stream: FrameStream | null = null
  /** The frames as they were said, for saying them again. */
  readonly #said: { readonly saying: Saying; readonly epoch: number }[] = []
  #floor = 0
  #stopBeats: () => void = () => {}

  constructor(options: ConversationOptions) {
    this.options = options
    this.bell = createBell(options.timers)
    this.allowed = options.credit
    this.hearing = createHearing(options.credit)
  }

  /** Takes up a stream whose hello was read: says welcome, and again what the third party lacks. */
  welcome(stream: FrameStream, peerReceived: number): void {
    const { credit } = this.options
    this.#stream = stream
    this.ended = null
    stream.listen({
      frame: (frame) => this.#take(stream, frame),
      drained: () => {},
      ended: (error) => this.#lost(stream, error),
    })
    const body = welcomeBody(this.options, this.hearing.received)
    stream.write({ kind: Kind.KIND_WELCOME, body })
    if (this.hearing.granted > credit) this.grant(0)
    this.#startBeats()
    this.#said.slice(peerReceived).forEach((_, i) => {
      this.again(peerReceived + i + 1)
    })
  }

  /** Says the next role message, once the third party allows it. */
  async say(saying: Saying, epoch = this.options.epoch): Promise<void> {
    const leave = await this.bell.wait(() => this.allowed > this.spent, this.options.patienceMs)
    if (!leave)
      throw new Mismatch(
        `${this.spent} bytes of role messages in a window of ${this.options.credit}`,
        `CREDIT of more than ${this.spent}`,
        `CREDIT of ${this.allowed}`,
      )
    this.#said.push({ saying, epoch })
    this.sent += 1
    this.spent += saying.body.length
    this.again(this.sent)
  }

  /** Says a message that was said before once more, under its number. */
  again(sequence: number, parts = Number.POSITIVE_INFINITY): void {
    const { saying, epoch } = this.#said[sequence - 1]
    const { kind, correlation, body } = saying
    const total = body.length
    for (let offset = 0, part = 0; part === 0 || (offset < total && part < parts); part++) {
      const chunk = total > CHUNK_BYTES
      this.write({
        ...{ sequence, epoch, kind, correlation },
        body: chunk ? body.subarray(offset, offset + CHUNK_BYTES) : body,
        ...(chunk ? { offset, total } : {}),
      })
      offset += CHUNK_BYTES
    }
  }

  /** The message counts as said, and only its first chunk is sent. */
  sayBegun(saying: Saying): void {
    this.#said.push({ saying, epoch: this.options.epoch })
    this.sent += 1
    this.spent += saying.body.length
    this.again(this.sent, 1)
  }

  write(frame: agon.v1.Frame.$Properties): void {
    this.#stream?.write({ received: this.hearing.acknowledged, ...frame })
  }

  /** Lets the third party say `bytes` more than it has. */
  grant(bytes: number): void {
    const granted = this.hearing.grant(bytes)
    this.write({ kind: Kind.KIND_CREDIT, body: agon.v1.Credit.encode({ granted }).finish() })
  }

  /** Says a question and gives its answers, which have to come in order. */
  async ask(question: Question): Promise<Heard[]> {
    for (const saying of question.sayings) await this.say(saying)
    return this.answers(question)
  }

  /** The answers of a question whose messages were said. */
  async answers(question: Question): Promise<Heard[]> {
    this.#floor = this.sent
    const heard: Heard[] = []
    for (const kind of question.answers) heard.push(await this.hear(kind, textOf(question)))
    question.learn?.(heard)
    return heard
  }

  /** The next role message, which has to be of this kind. */
  async hear(kind: agon.v1.Kind, sent: string): Promise<Heard> {
    const { patienceMs } = this.options
    const there = (): boolean => this.hearing.waiting > 0 || this.over
    await this.bell.wait(there, patienceMs)
    const message = this.hearing.next()
    if (message?.kind === kind) return message
    const received =
      message === null ? (this.why ?? `nothing within ${patienceMs / 1000} s`) : told(message)
    throw new Mismatch(sent, kindName(kind), received)
  }

  /** Nothing but control frames may come for `ms` milliseconds. */
  async quiet(ms: number, sent: string, expected: string): Promise<void> {
    await this.bell.wait(() => this.hearing.waiting > 0 || this.over, ms)
    const message = this.hearing.next()
    if (message !== null) throw new Mismatch(sent, expected, told(message))
    if (this.over) throw new Mismatch(sent, expected, this.why ?? '')
  }

  /** Nothing more comes on this stream. */
  get over(): boolean {
    return this.ended !== null || this.refusal !== null || this.goodbye !== null
  }

  /** The stream is gone and the conversation is not: it may be taken up again. */
  get lost(): boolean {
    return this.ended !== null && this.refusal === null && this.goodbye === null
  }

  /** Why nothing more comes, for people. */
  get why(): string | null {
    if (this.refusal !== null) return `REFUSED: ${formatError(this.refusal)}`
    if (this.goodbye !== null) return 'GOODBYE'
    return this.ended === null ? null : `the end of the stream: ${this.ended}`
  }

  stopBeating(): void {
    this.#stopBeats()
  }

  /** Ends the stream as a network does. */
  breakOff(): void {
    const stream = this.#stream
    this.#stream = null
    this.ended = 'broken off on purpose'
    this.#stopBeats()
    stream?.end(new AgonError('worker/lost', 'the stream was broken off'))
  }

  sayGoodbye(reason: agon.v1.Goodbye.Reason): void {
    this.write({ kind: Kind.KIND_GOODBYE, body: agon.v1.Goodbye.encode({ reason }).finish() })
  }

  /** Ends the stream in order. */
  release(): void {
    this.#stopBeats()
    this.#stream?.end()
    this.#stream = null
    this.ended ??= 'over'
  }

  #startBeats(): void {
    this.#stopBeats()
    const { timers, heartbeatMs } = this.options
    this.#stopBeats = timers.every(heartbeatMs, () => this.write({ kind: Kind.KIND_HEARTBEAT }))
  }

  #lost(stream: FrameStream, error: AgonError | null): void {
    if (this.#stream !== stream) return
    this.#stream = null
    this.ended = error?.message ?? 'ended by the third party'
    this.#stopBeats()
    this.bell.ring()
  }

  #take(stream: FrameStream, frame: agon.v1.Frame): void {
    if (this.#stream !== stream) return
    this.frames += 1
    const standing = this.hearing.standing(frame)
    const { epoch } = this.options
    const answered = standing.repeated || isControl(frame.kind) ? 0 : this.#floor
    this.options.ledger.note(frame, { ...standing, epoch, answered })
    if (frame.kind === Kind.KIND_HEARTBEAT) this.beats += 1
    else if (frame.kind === Kind.KIND_CREDIT)
      this.allowed = Math.max(this.allowed, agon.v1.Credit.decode(frame.body).granted)
    else if (frame.kind === Kind.KIND_GOODBYE)
      this.goodbye = agon.v1.Goodbye.decode(frame.body).reason
    else if (frame.kind === Kind.KIND_REFUSED)
      this.refusal = decodeError(agon.v1.Error.decode(frame.body))
    else if (!isControl(frame.kind) && this.hearing.take(frame) && this.options.granting)
      this.grant(this.options.credit)
    this.bell.ring()
  }
}
