import { z } from 'zod'
import { defineSearch } from './searched/define-search.ts'
import { madridOptions } from './searched/madrid-options.ts'

/**
 * MADRID (Samvelyan et al. 2024): where on the pitch references do better against a team than that team does against itself,
 * searched by CMA-ME over the places of players and ball.
 */
export const adversary = defineSearch('madrid', z.strictObject(madridOptions))
