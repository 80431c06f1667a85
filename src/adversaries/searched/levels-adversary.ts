import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { Adversary, AdversaryContext, Step } from '../contract.ts'
import type { AnyEmitter } from '../emitters/emitters.ts'
import { type FixedRecord, fixedEmitter } from './fixed-emitter.ts'
import { best, type LevelSources, readLevels } from './fixed-levels.ts'
import { observeCandidates } from './observe.ts'
import type { SearchOptions } from './options.ts'
import { proposeCandidates } from './propose.ts'
import { initialRecord, type Search, type SearchRecord, searchOver } from './search.ts'
import { gridGallery } from './search-adversary.ts'
import { gridOfSnapshot, restoreSearch, snapshotSearch } from './search-snapshot.ts'

const KIND = 'levels'

/**
 * A fixed set of levels, attempted over and over as a search would attempt them. It begins with the elites of a search whose
 * record it is given: so the archive of one stage is the training set, or the examination, of another.
 */
export function levelsAdversary<L>(
  options: SearchOptions & LevelSources,
  context: AdversaryContext<L>,
): Adversary<SearchRecord> {
  const emitter = fixedEmitter<L>(() => readLevels(options, context.levels))
  const search = searchOver(KIND, options, context, () => [
    { emitter: emitter as AnyEmitter<L>, reference: null },
  ])
  return {
    needs: search.signal.needs,
    init: () => initialRecord(search),
    propose: (record, request) => proposeCandidates(search, record, request),
    observe(record, request): Step<SearchRecord> {
      const step = observeCandidates(search, record, request)
      return { ...step, metrics: { ...step.metrics, ...passes(record) } }
    },
    snapshot: (record) => snapshotSearch(search, record),
    restore: (snapshot) =>
      snapshot.kind === KIND
        ? restoreSearch(search, snapshot)
        : handedOver(search, snapshot, options.top),
    gallery: gridGallery,
  }
}

const fixedOf = ({ emitters }: SearchRecord): FixedRecord => emitters[0] as FixedRecord

/** How often the whole set has been given. */
function passes(record: SearchRecord): Record<string, number> {
  const { levels, given } = fixedOf(record)
  return levels === null ? {} : { levels_passes: given / levels.length }
}

/** @throws AgonError `snapshot/foreign` for a record that is no search's */
function handedOver<L>(search: Search<L>, snapshot: Snapshot, top: number): SearchRecord {
  const grid = gridOfSnapshot(snapshot)
  if (grid === null)
    throw new AgonError(
      'snapshot/foreign',
      `'${KIND}' begins with the elites of a search, and the record is of '${snapshot.kind}'`,
      { remedy: 'hand over the archive of a search such as map-elites or madrid' },
    )
  const record = initialRecord(search)
  const held = grid.filled.map((cell) => grid.elites[cell]!)
  fixedOf(record).levels = best(held, top).map(({ level }) => level)
  return record
}
