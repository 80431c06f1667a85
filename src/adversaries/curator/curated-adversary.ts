import { bufferGallery } from '../buffer/gallery.ts'
import type { Adversary, GalleryLevel, ObserveRequest, ProposeRequest, Step } from '../contract.ts'
import { type Curator, type CuratorRecord, initialRecord } from './curator.ts'
import { restoreRecord, snapshotRecord } from './curator-snapshot.ts'

/** The two functions in which replaying algorithms differ. */
export interface CuratedSteps {
  readonly propose: (record: CuratorRecord, request: ProposeRequest) => Step<CuratorRecord>
  readonly observe: (record: CuratorRecord, request: ObserveRequest) => Step<CuratorRecord>
}

/** An adversary of these steps; record, snapshots and gallery are the same for all of them. */
export function curatedAdversary<L>(
  curator: Curator<L>,
  steps: CuratedSteps,
): Adversary<CuratorRecord> {
  return {
    needs: curator.needs,
    init: () => initialRecord(curator),
    ...steps,
    snapshot: (record) => snapshotRecord(curator, record),
    restore: (snapshot) => restoreRecord(curator, snapshot),
    gallery: (record, limit) => curatedGallery(curator, record, limit),
  }
}

/** Equal shares of all buffers, in their order. */
export function curatedGallery<L>(
  { groups }: Curator<L>,
  { archives }: CuratorRecord,
  limit: number,
): readonly GalleryLevel[] {
  const share = Math.max(1, Math.floor(limit / groups.length))
  return groups.flatMap(({ name }) => bufferGallery(archives[name], share)).slice(0, limit)
}
