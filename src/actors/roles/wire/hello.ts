import { spelled } from '../../../learners/statistics.ts'
import type { agon } from '../../../wire/index.ts'
import type { Hello, Traits } from '../contract.ts'
import { rowOf } from '../table/table.ts'
import type { Conversation } from './entry.ts'

/** The first message of an actor: what it offers and needs, and what it cannot do. */

export const encodeHello = (message: Hello): agon.v1.Ready.$Properties => ({
  offers: 'offers' in message ? message.offers.map(spelled) : [],
  needs: 'needs' in message ? message.needs.map(spelled) : [],
  probes: 'probes' in message ? [...(message.probes ?? [])] : [],
  ...(lacksSomething(message.traits) ? { capabilities: { ...message.traits } } : {}),
})

export function decodeHello(ready: agon.v1.Ready, talk: Conversation): Hello {
  talk.traits = least(talk.traits, ready.capabilities)
  const { role, traits } = talk
  return { type: 'hello', role, traits, ...rowOf(role).hello(ready, talk) } as Hello
}

const lacksSomething = (traits: Traits | undefined): boolean =>
  traits !== undefined && Object.values(traits).includes(false)

/** What both say: a module that was made elsewhere may do less than those of its role. */
function least(said: Traits, made: agon.v1.Capabilities.$Properties | null | undefined): Traits {
  if (made == null) return said
  return {
    deterministic: said.deterministic && (made.deterministic ?? false),
    snapshots: said.snapshots && (made.snapshots ?? false),
    probes: said.probes && (made.probes ?? false),
    exportsPolicy: said.exportsPolicy && (made.exportsPolicy ?? false),
  }
}
