import type { SlotId } from '../../core/ids.ts'
import type { Metrics, Outcome } from '../../learners/contract.ts'
import { ancestorOf } from '../buffer/lineage.ts'
import type { Curator, CuratorRecord } from '../curator/curator.ts'
import { finishedEpisodes } from '../curator/task-outcomes.ts'

/** The record of ReMiDi: the archives of all groups' buffers, by {@link bufferName}, and which of them is being filled. */
export interface OrderedRecord extends CuratorRecord {
  /** Position of the open buffer, from 0; those before it are frozen. */
  open: number
  /** Cycles that the open buffer has had, of new levels and of replay. */
  cycles: number
}

export interface OrderedBuffers<L> {
  /** Of every buffer: for snapshots and the gallery. */
  readonly all: Curator<L>
  /** By position: of that buffer alone. */
  readonly at: readonly Curator<L>[]
}

const bufferName = (group: string, position: number): string => `${group}/${position}`

/** As many buffers for each group of slots, one after the other. */
export function orderedBuffers<L>(curator: Curator<L>, count: number): OrderedBuffers<L> {
  const at = Array.from({ length: count }, (_, position) => ({
    ...curator,
    groups: curator.groups.map(({ name, slots }) => ({ name: bufferName(name, position), slots })),
  }))
  return { all: { ...curator, groups: at.flatMap(({ groups }) => groups) }, at }
}

/** The levels of a slot's frozen buffers in canonical bytes, each once; none while the first buffer is open. */
export function frozenLevels<L>(
  { at }: OrderedBuffers<L>,
  { archives, open }: OrderedRecord,
  slot: SlotId,
): readonly Uint8Array[] {
  const found = new Map<string, Uint8Array>()
  for (const { groups } of at.slice(0, open))
    for (const { name, slots } of groups) {
      if (!slots.includes(slot)) continue
      const { serials, size, lineage } = archives[name]
      for (const serial of serials.subarray(0, size)) {
        const { level } = ancestorOf(lineage, serial)
        found.set(Buffer.from(level).toString('latin1'), level)
      }
    }
  return [...found.values()]
}

export interface TurnRules {
  readonly buffers: number
  readonly cyclesPerBuffer: number
  readonly atLast: 'stay' | 'wrap'
}

/** After a cycle: the next buffer opens once the open one has had its cycles. */
export function countCycle(record: OrderedRecord, rules: TurnRules): void {
  record.cycles++
  const last = record.open === rules.buffers - 1
  if (record.cycles < rules.cyclesPerBuffer || (last && rules.atLast === 'stay')) return
  record.open = last ? 0 : record.open + 1
  record.cycles = 0
}

/**
 * Of a cycle: the open buffer's numbers under the names that they have without an order, which buffer is open, and the share
 * of the steps of finished episodes that the frozen levels could have shown.
 */
export function orderedMetrics(
  { open }: OrderedRecord,
  metrics: Metrics,
  outcomes: readonly Outcome[],
): Metrics {
  const episodes = finishedEpisodes(outcomes)
  const steps = episodes.reduce((sum, { length }) => sum + length, 0)
  const trained = episodes.reduce((sum, { trainedSteps = 0 }) => sum + trainedSteps, 0)
  const plain = Object.entries(metrics).map(([name, value]) => [
    name.replace(`/${open}_`, '_'),
    value,
  ])
  return {
    ...Object.fromEntries(plain),
    open_buffer: open,
    ...(steps > 0 ? { overlap_share: 1 - trained / steps } : {}),
  }
}
