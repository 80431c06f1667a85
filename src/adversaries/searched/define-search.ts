import type { ZodType } from 'zod'
import type { AdversaryDefinition } from '../contract.ts'
import {
  candidateCount,
  countNotes,
  gridSpec,
  repeatsLevels,
  type SearchOptions,
  tasksPerCandidate,
  trains,
} from './options.ts'
import { searchAdversary } from './search-adversary.ts'

/** A kind of search: what it has of its own are its options’ defaults. */
export function defineSearch(
  id: string,
  options: ZodType<SearchOptions>,
): AdversaryDefinition<SearchOptions> {
  return {
    id,
    options,
    tasksPerCycle(options, count) {
      const each = tasksPerCandidate(options)
      return each * candidateCount(count, each)
    },
    repeatsLevels,
    trainShare: (options) => (trains(options) ? 1 : 0),
    notes: (options, count) => countNotes(tasksPerCandidate(options), count),
    grid: gridSpec,
    create: (options, context) => searchAdversary(id, options, context),
  }
}
