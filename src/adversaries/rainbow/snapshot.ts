import { AgonError } from '../../core/errors.ts'
import type { LevelId } from '../../core/ids.ts'
import type { Json, Snapshot } from '../../core/snapshot.ts'
import { checkKind } from '../curator/curator-snapshot.ts'
import { restoreGrid, snapshotGrid } from '../grid/grid-snapshot.ts'
import type { Counts, Holder, RainbowRecord } from './contract.ts'
import { initialRecord, type RainbowSearch } from './search.ts'

const VERSION = 1
export const KIND = 'rainbow'

interface RainbowState {
  readonly nextSerial: number
  readonly candidates: number
  readonly counts: Counts
  /** As search snapshots have it. */
  readonly grid: Json
  readonly holders: readonly (readonly [number, Holder])[]
  readonly generations: readonly (readonly [LevelId, number])[]
}

/**
 * The record at a cycle boundary.
 * @throws AgonError `snapshot/mid-cycle` between `propose` and the end of `observe`
 */
export function snapshotRainbow(record: RainbowRecord): Snapshot {
  const { pending, nextSerial, candidates, counts, holders, generations } = record
  if (pending !== null)
    throw new AgonError('snapshot/mid-cycle', `cycle ${pending.cycle} is under way`, {
      remedy: 'cut at a cycle boundary, after observe',
    })
  const grid = snapshotGrid(record.grid)
  const state: RainbowState = {
    ...{ nextSerial, candidates, counts: { ...counts }, grid: grid.state },
    holders: [...holders],
    generations: [...generations],
  }
  return {
    ...{ kind: KIND, version: VERSION, state: state as unknown as Json },
    tensors: Object.fromEntries(
      Object.entries(grid.tensors).map(([name, one]) => [`grid/${name}`, one]),
    ),
  }
}

/** @throws AgonError `snapshot/foreign`, `snapshot/corrupt` */
export function restoreRainbow<L>(search: RainbowSearch<L>, snapshot: Snapshot): RainbowRecord {
  checkKind(snapshot, KIND, VERSION)
  const { tensors } = snapshot
  const found = snapshot.state as Partial<RainbowState> | null
  const { nextSerial, candidates, counts, grid, holders, generations } = found ?? {}
  if (
    !Number.isSafeInteger(nextSerial) ||
    !Number.isSafeInteger(candidates) ||
    counts === undefined ||
    grid === undefined ||
    !Array.isArray(holders) ||
    !Array.isArray(generations)
  )
    throw new AgonError('snapshot/corrupt', 'the search’s snapshot is damaged', {
      remedy: 'go back to the cut before it',
    })
  return {
    ...initialRecord(search),
    ...{ nextSerial: nextSerial!, candidates: candidates!, counts: { ...counts } },
    grid: restoreGrid(search.spec.axes, {
      state: grid,
      tensors: Object.fromEntries(
        Object.entries(tensors).map(([name, one]) => [name.replace(/^grid\//, ''), one]),
      ),
    }),
    holders: new Map(holders as RainbowState['holders']),
    generations: new Map(generations as RainbowState['generations']),
  }
}
