import type { SlotId } from '../../core/ids.ts'

/** Slots that get equal levels, and so share a buffer. */
export interface SlotGroup {
  /** Names the group in streams, snapshots and, where there are several, metrics. */
  readonly name: string
  /** Protagonist first, then antagonist, then the others as the experiment lists them. */
  readonly slots: readonly SlotId[]
}

const ROLES: readonly string[] = ['protagonist', 'antagonist']

/** One group of all slots, or one group a slot. */
export function slotGroups(slots: readonly SlotId[], shareLevels: boolean): readonly SlotGroup[] {
  if (!shareLevels && slots.length > 1) return slots.map((slot) => ({ name: slot, slots: [slot] }))
  const place = (slot: SlotId): number =>
    ROLES.includes(slot) ? ROLES.indexOf(slot) : ROLES.length
  return [{ name: 'all', slots: [...slots].sort((a, b) => place(a) - place(b)) }]
}

/** How many levels a group needs for what its slots asked for. */
export function groupCount(group: SlotGroup, counts: Readonly<Record<SlotId, number>>): number {
  return Math.max(0, ...group.slots.map((slot) => counts[slot] ?? 0))
}
