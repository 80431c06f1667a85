import { AgonError, type ErrorRecord } from '../../../core/errors.ts'
import { type SlotId, slotId } from '../../../core/ids.ts'
import type { StatisticName, TaskBatch } from '../../../learners/contract.ts'
import type { NamedPolicies } from '../../../seats/contract.ts'
import { type agon, decodeBounded } from '../../../wire/index.ts'
import type { Message } from '../../transport/contract.ts'
import type { RemoteRole } from '../../transport/grpc/contract.ts'
import type { FromRole, Measure, Traits } from '../contract.ts'
import { text } from './fields.ts'
import type { Sealing } from './measuring.ts'
import type { ProbeMemory } from './tasks.ts'

/** What the hub knows of an actor beside its messages. */
export interface Side {
  readonly role: RemoteRole
  /** Of a student. */
  readonly slot?: SlotId
  /** Of a student: the tasks that the config asks for each cycle. */
  readonly tasks?: number
  /** Of an adversary: the slots that will ask it. */
  readonly slots?: readonly SlotId[]
  /** Whether its snapshots come with a gallery. */
  readonly shows?: boolean
  /** Of a service: its name. */
  readonly service?: string
  /** Of an evaluator of another program: the run's named policies, which it is sent as they are seated. */
  readonly policies?: NamedPolicies
  /** Why a level cannot be attempted; absent where what comes is believed. */
  readonly levelFault?: (level: Uint8Array) => ErrorRecord | null
  /** Why there is no such probe; absent where what comes is believed. */
  readonly probeFault?: (name: string) => ErrorRecord | null
}

/** What a conversation remembers to encode and decode its messages. */
export interface Conversation extends Required<Omit<Side, 'slot'>> {
  /** Those that its hello said its batches may name. */
  declared: readonly string[]
  readonly slot: SlotId | null
  readonly probesSent: ProbeMemory
  readonly probesKnown: ProbeMemory
  /** At the hub: measurements asked for. */
  readonly measures: Map<string, Measure>
  /** At the hub: what the actor has still to say, each once. */
  readonly due: Set<FromRole['type']>
  /** At the hub, of a student: whether it has asked for tasks in this cycle, those it was given, what it promised of its episodes. */
  asked: boolean
  batch: TaskBatch | null
  offers: readonly StatisticName[]
  /** At the hub, of an adversary: what it was asked for in this cycle, and whether it has proposed. */
  readonly counts: Map<SlotId, number>
  proposed: boolean
  /** At the hub: slots whose outcomes were reported in this cycle. */
  readonly reported: Set<SlotId>
  /** At the hub, of a service: how often each open question was asked. */
  readonly questions: Map<string, number>
  readonly sealing: Sealing | null
  traits: Traits
  /** At the hub: whether it plays measurements in which others are seated. */
  seats: boolean
  /** At the hub: the cycle that the actor was last told of; 0 before. */
  cycle: number
}

export interface Entry {
  readonly kind: agon.v1.Kind
  encode(message: never, talk: Conversation): Uint8Array
  decode(body: Uint8Array, talk: Conversation): Message
}

/** One message of the contract: how it is written and read. */
export function entry<M extends Message, P, W>(
  kind: agon.v1.Kind,
  codec: { encode(message: P): { finish(): Uint8Array }; decode(body: Uint8Array): W },
  write: (message: M, talk: Conversation) => P,
  read: (wire: W, talk: Conversation) => M,
): Entry {
  return {
    kind,
    encode: (message: never, talk) => codec.encode(write(message, talk)).finish(),
    decode: (body, talk) => read(decodeBounded(codec, body), talk),
  }
}

const NOTHING = new Uint8Array(0)
/** A message that has nothing to say but its kind. */
export const bare = (kind: agon.v1.Kind, type: Message['type']): Entry => ({
  kind,
  encode: () => NOTHING,
  decode: () => ({ type }),
})

/** A student speaks for its own slot; an adversary hears of all. */
export function ownSlot(named: string, { slot }: Conversation): SlotId {
  if (slot === null) return slotId(text(named, 'slot'))
  if (named !== slot)
    throw new AgonError('wire/body', `the student in slot '${slot}' speaks for slot '${named}'`)
  return slot
}
