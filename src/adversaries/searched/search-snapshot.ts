import { AgonError } from '../../core/errors.ts'
import type { LevelId } from '../../core/ids.ts'
import type { Json, Snapshot } from '../../core/snapshot.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import { checkKind } from '../curator/curator-snapshot.ts'
import type { Axis, EliteGrid } from '../grid/contract.ts'
import { restoreGrid, snapshotGrid } from '../grid/grid-snapshot.ts'
import type { Search, SearchRecord } from './search.ts'

const VERSION = 1

interface SearchState {
  readonly counts: Readonly<Record<'nextSerial' | 'candidates' | 'scored' | 'sum' | 'turn', number>>
  readonly grid: Json
  readonly emitters: readonly { readonly id: string; readonly state: Json }[]
  readonly generations: readonly (readonly [LevelId, number])[]
}

/**
 * The record at a cycle boundary.
 * @throws AgonError `snapshot/mid-cycle` between `propose` and `observe`
 */
export function snapshotSearch<L>({ kind, emitters }: Search<L>, record: SearchRecord): Snapshot {
  const { pending, nextSerial, candidates, scored, sum, turn } = record
  if (pending !== null)
    throw new AgonError('snapshot/mid-cycle', `cycle ${pending.cycle} is under way`, {
      remedy: 'cut at a cycle boundary, after observe',
    })
  const grid = snapshotGrid(record.grid)
  const parts = emitters.map(({ emitter }, i) => ({
    ...emitter.snapshot(record.emitters[i]),
    id: emitter.id,
  }))
  const state: SearchState = {
    counts: { nextSerial, candidates, scored, sum, turn },
    grid: grid.state,
    emitters: parts.map(({ id, state }) => ({ id, state })),
    generations: [...record.generations],
  }
  return {
    ...{ kind, version: VERSION, state: state as unknown as Json },
    tensors: {
      ...under('grid', grid.tensors),
      ...Object.assign({}, ...parts.map(({ tensors }, i) => under(`emitter-${i}`, tensors))),
    },
  }
}

const under = (prefix: string, tensors: NamedTensors): NamedTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, one]) => [`${prefix}/${name}`, one]))

const within = (prefix: string, tensors: NamedTensors): NamedTensors =>
  Object.fromEntries(
    Object.entries(tensors).flatMap(([name, one]) =>
      name.startsWith(`${prefix}/`) ? [[name.slice(prefix.length + 1), one]] : [],
    ),
  )

/** @throws AgonError `snapshot/foreign`, `snapshot/corrupt` */
export function restoreSearch<L>(search: Search<L>, snapshot: Snapshot): SearchRecord {
  checkKind(snapshot, search.kind, VERSION)
  const { tensors } = snapshot
  const { counts, grid, emitters, generations } = stateOf(snapshot)
  const ids = search.emitters.map(({ emitter }) => emitter.id)
  if (emitters.map(({ id }) => id).join() !== ids.join())
    throw new AgonError('snapshot/foreign', 'the snapshot is of a search with other emitters', {
      place: 'adversary.emitters',
      remedy: 'go on with the emitters and references that the run began with',
    })
  return {
    ...counts,
    grid: restoreGrid(search.spec.axes, { state: grid, tensors: within('grid', tensors) }),
    emitters: search.emitters.map(({ emitter }, i) =>
      emitter.restore({ state: emitters[i].state, tensors: within(`emitter-${i}`, tensors) }),
    ),
    generations: new Map(generations),
    pending: null,
  }
}

const COUNTS = ['nextSerial', 'candidates', 'scored', 'sum', 'turn'] as const

function stateOf({ state }: Snapshot): SearchState {
  const found = state as Partial<SearchState> | null
  const whole =
    COUNTS.every((name) => Number.isFinite(found?.counts?.[name])) &&
    Array.isArray(found?.emitters) &&
    Array.isArray(found.generations) &&
    found.grid !== undefined
  if (whole) return found as SearchState
  throw new AgonError(
    'snapshot/corrupt',
    'the search’s snapshot is damaged: its state is not whole',
    {
      remedy: 'go back to the cut before it',
    },
  )
}

/** The grid of any search's snapshot; null where it is none's. @throws AgonError `snapshot/corrupt` */
export function gridOfSnapshot({ state, tensors }: Snapshot): EliteGrid | null {
  const grid = (state as { readonly grid?: Json } | null)?.grid
  const axes = (grid as { readonly axes?: readonly Axis[] } | null | undefined)?.axes
  if (grid === undefined || !Array.isArray(axes)) return null
  return restoreGrid(axes, { state: grid, tensors: within('grid', tensors) })
}
