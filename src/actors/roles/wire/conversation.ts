import { OWN_TRAITS } from '../traits.ts'
import type { Conversation, Side } from './entry.ts'
import type { Sealing } from './measuring.ts'

/** A conversation in which nothing has been said. */
export function openConversation(side: Side, sealing: Sealing | null): Conversation {
  return {
    role: side.role,
    slot: side.slot ?? null,
    tasks: side.tasks ?? 0,
    slots: side.slots ?? [],
    shows: side.shows ?? false,
    service: side.service ?? '',
    policies: side.policies ?? {},
    levelFault: side.levelFault ?? (() => null),
    probeFault: side.probeFault ?? (() => null),
    declared: [],
    probesSent: new Map(),
    probesKnown: new Map(),
    measures: new Map(),
    sealing,
    traits: OWN_TRAITS,
    seats: true,
    cycle: 0,
    due: new Set(['hello']),
    asked: false,
    batch: null,
    offers: [],
    counts: new Map(),
    proposed: false,
    reported: new Set(),
    questions: new Map(),
  }
}
