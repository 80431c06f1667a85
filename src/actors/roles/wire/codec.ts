import { AgonError } from '../../../core/errors.ts'
import { agon } from '../../../wire/index.ts'
import type { Message } from '../../transport/contract.ts'
import { Breach } from '../../transport/grpc/breach.ts'
import type { MessageCodec } from '../../transport/grpc/contract.ts'
import type { FromRole, ToRole } from '../contract.ts'
import { rowOf } from '../table/table.ts'
import { openConversation } from './conversation.ts'
import type { Conversation, Side } from './entry.ts'
import { checkHeard, noteTold, UNASKED } from './hub-law.ts'
import type { Sealing } from './measuring.ts'
import { ENTRIES } from './messages.ts'

const { Kind } = agon.v1

const BY_KIND = new Map(Object.values(ENTRIES).map((each) => [each.kind, each]))

/** The kinds of those messages. */
const kindsOf = (types: readonly (FromRole | ToRole)['type'][]): ReadonlySet<agon.v1.Kind> =>
  new Set(types.map((type) => ENTRIES[type].kind))

/** The hub's side of a conversation with an actor of that role. */
export function hubCodec(side: Side, sealing: Sealing): MessageCodec<FromRole, ToRole> {
  return codec(side, kindsOf(rowOf(side.role).says), sealing)
}

/** The actor's side. */
export function actorCodec(side: Side): MessageCodec<ToRole, FromRole> {
  return codec(side, kindsOf(rowOf(side.role).hears), null)
}

function codec<In extends Message, Out extends Message>(
  side: Side,
  heard: ReadonlySet<agon.v1.Kind>,
  sealing: Sealing | null,
): MessageCodec<In, Out> {
  const { role } = side
  const talk = openConversation(side, sealing)
  const atHub = sealing !== null
  return {
    encode(message) {
      const { kind, encode } = ENTRIES[message.type as keyof typeof ENTRIES]
      if (atHub) {
        if ('cycle' in message) talk.cycle = Number(message.cycle)
        noteTold(message as unknown as ToRole, talk)
      }
      const correlation = 'key' in message ? String(message.key) : ''
      return { kind, correlation, body: encode(message as never, talk) }
    },
    decode(kind, body) {
      const found = BY_KIND.get(kind)
      if (found === undefined || !heard.has(kind))
        throw new AgonError(
          'wire/kind',
          found === undefined
            ? `${kind} is no kind of message`
            : `a message of kind ${Kind[kind]} is not for this side of a conversation with ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`,
        )
      const message = readable(kind, () => found.decode(body, talk))
      if (!atHub) return message as In
      if ('cycle' in message) checkCycle(Number(message.cycle), talk)
      lawful(() => checkHeard(message as FromRole, talk))
      return message as In
    },
    meet({ capabilities }) {
      talk.traits = {
        deterministic: capabilities?.deterministic ?? false,
        snapshots: capabilities?.snapshots ?? false,
        probes: capabilities?.probes ?? false,
        exportsPolicy: capabilities?.exportsPolicy ?? false,
      }
      talk.seats = capabilities?.seats ?? false
    },
  }
}

/** Not a fault of the stream: it would come again on the next one. */
function readable(kind: agon.v1.Kind, decode: () => Message): Message {
  try {
    return decode()
  } catch (cause) {
    if (cause instanceof AgonError) throw cause
    const message = `a ${Kind[kind]} that cannot be read: ${(cause as Error).message}`
    throw new AgonError('wire/body', message, { cause })
  }
}

function lawful(check: () => void): void {
  try {
    check()
  } catch (error) {
    // Out of turn is who is confused, and another may take the place; a wrong answer would come again.
    if (error instanceof AgonError && error.code !== UNASKED) throw new Breach(error)
    throw error
  }
}

/** Who has lost count of the cycles is lost, and another may take its place; the run goes on. */
function checkCycle(cycle: number, talk: Conversation): void {
  if (cycle !== talk.cycle)
    throw new AgonError('wire/body', `a message of cycle ${cycle} came in cycle ${talk.cycle}`)
}
