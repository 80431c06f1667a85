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
export const defineSearch = (
  id: string,
  options: ZodType<SearchOptions>,
): AdversaryDefinition<SearchOptions> =>
  defineAttempts(id, options, (parsed, context) => searchAdversary(id, parsed, context))

/** A kind of adversary that has candidates attempted and judged, wherever these come from. */
export function defineAttempts<O extends Omit<SearchOptions, 'emitters' | 'initial'>>(
  id: string,
  options: ZodType<O>,
  create: AdversaryDefinition<O>['create'],
): AdversaryDefinition<O> {
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
    create,
  }
}
