import type { Adversary, AdversaryContext, GalleryLevel } from '../contract.ts'
import type { Elite } from '../grid/contract.ts'
import { observeCandidates } from './observe.ts'
import type { SearchOptions } from './options.ts'
import { proposeCandidates } from './propose.ts'
import { createSearch, initialRecord, type SearchRecord } from './search.ts'
import { restoreSearch, snapshotSearch } from './search-snapshot.ts'

/**
 * A search over levels with a grid of elites: in each cycle emitters give candidates, the students attempt them, and each is put
 * into its cell where it is better than the elite that stands there. Several slots share the candidates, one after the other:
 * equal students are more places to attempt them.
 */
export function searchAdversary<L>(
  kind: string,
  options: SearchOptions,
  context: AdversaryContext<L>,
): Adversary<SearchRecord> {
  const search = createSearch(kind, options, context)
  return {
    needs: search.signal.needs,
    init: () => initialRecord(search),
    propose: (record, request) => proposeCandidates(search, record, request),
    observe: (record, request) => observeCandidates(search, record, request),
    snapshot: (record) => snapshotSearch(search, record),
    restore: (snapshot) => restoreSearch(search, snapshot),
    gallery: gridGallery,
  }
}

/** The elites with the highest objectives; of equals those whose cell was filled first. */
export function gridGallery(
  { grid, generations }: Pick<SearchRecord, 'grid' | 'generations'>,
  limit: number,
): readonly GalleryLevel[] {
  const elites = grid.filled.map((cell) => grid.elites[cell]!)
  const byId = new Map(elites.map((elite) => [elite.id, elite]))
  return elites
    .sort((a, b) => b.objective - a.objective)
    .slice(0, limit)
    .map((elite) => ({
      reason: 'high-score',
      ...{ id: elite.id, level: elite.level, score: elite.objective },
      ancestry: ancestryOf(elite, byId),
      generation: generations.get(elite.id) ?? 0,
    }))
}

/** From the elite back over first parents, as far as these are elites themselves. */
function ancestryOf(elite: Elite, byId: ReadonlyMap<string, Elite>): GalleryLevel['ancestry'] {
  const { id, operator, level, parents } = elite
  const parent = byId.get(parents[0])
  return [{ id, operator, level }, ...(parent === undefined ? [] : ancestryOf(parent, byId))]
}
