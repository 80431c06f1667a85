import { z } from 'zod'
import { defineSearch } from './searched/define-search.ts'
import { generatorOptions } from './searched/madrid-options.ts'
import { optionalAxes } from './searched/options.ts'

/** Random search: levels of the generator, and what they are worth on average. The grid is a record of what was seen. */
export const adversary = defineSearch(
  'random',
  z.strictObject({ ...generatorOptions, axes: optionalAxes }),
)
