import { defineSearch } from './searched/define-search.ts'
import { searchSchema } from './searched/options.ts'

/**
 * MAP-Elites (Mouret and Clune 2015) over levels: elites are changed, and a level takes the place of its cell's elite where it is
 * worth more to the student.
 */
export const adversary = defineSearch('map-elites', searchSchema)
