import { z } from 'zod'
import { defineSearch } from './searched/define-search.ts'
import { searchOptions } from './searched/options.ts'

/** CMA-ME (Fontaine et al. 2020) over the genome of levels: four improvement emitters, ranges of all numbers taken alike. */
export const adversary = defineSearch(
  'cma-me',
  z.strictObject({
    ...searchOptions,
    emitters: searchOptions.emitters.default([
      {
        ...{ kind: 'cma-me', count: 4, sigma: 0.1, sigmaOf: 'range' },
        ...{ bounds: 'clip', selection: 'filter' },
      },
    ]),
  }),
)
