import { AgonError } from '../../core/errors.ts'
import type { Json, Snapshot } from '../../core/snapshot.ts'
import { restoreRecord, snapshotRecord } from '../curator/curator-snapshot.ts'
import type { OrderedBuffers, OrderedRecord } from './ordered-buffers.ts'

/** As that of one buffer, and where the order stands. */
export function snapshotOrdered<L>(buffers: OrderedBuffers<L>, record: OrderedRecord): Snapshot {
  const snapshot = snapshotRecord(buffers.all, record)
  const { open, cycles } = record
  return { ...snapshot, state: { ...(snapshot.state as Record<string, Json>), open, cycles } }
}

/** @throws AgonError `snapshot/foreign` (other kind, version, slots, number of buffers) or `snapshot/corrupt` */
export function restoreOrdered<L>(buffers: OrderedBuffers<L>, snapshot: Snapshot): OrderedRecord {
  const record = restoreRecord(buffers.all, snapshot)
  const { open, cycles } = snapshot.state as { open?: unknown; cycles?: unknown }
  if (!isCount(open) || open >= buffers.at.length || !isCount(cycles))
    throw new AgonError(
      'snapshot/corrupt',
      "the adversary's snapshot is damaged: it does not say which buffer is open",
      { remedy: 'go back to the cut before it' },
    )
  return { ...record, open, cycles }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
