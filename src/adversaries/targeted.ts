import { z } from 'zod'
import { defineSearch } from './searched/define-search.ts'
import { generatorOptions } from './searched/madrid-options.ts'

/** MADRID's targeted baseline: the grid keeps the best of each cell, and every candidate is a level of the generator. */
export const adversary = defineSearch('targeted', z.strictObject(generatorOptions))
