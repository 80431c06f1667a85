import { z } from 'zod'
import type { FoundWeaknesses } from './contract.ts'
import { WEAKNESSES } from './find-weaknesses.ts'

/** Beside what a search found, this is its name. */
export const WEAKNESSES_FILE = 'weaknesses.json'

/** What both teams of some games showed. */
export interface WeaknessesFile {
  readonly format: 1
  /** What played: left, right. */
  readonly teams: readonly [string, string]
  readonly games: readonly {
    /** Level or scenario, with the number of the game. */
    readonly title: string
    readonly seed: number
    /** Of the left team and of the right one. */
    readonly found: readonly [FoundWeaknesses, FoundWeaknesses]
  }[]
}

const ids = WEAKNESSES.map(({ id }) => id)

const found = z.partialRecord(
  z.enum(ids),
  z.array(
    z.strictObject({
      row: z.int().min(0),
      player: z.int().min(0).max(10).optional(),
      value: z.number(),
    }),
  ),
)

export const weaknessesSchema = z.strictObject({
  format: z.literal(1),
  teams: z.tuple([z.string().max(200), z.string().max(200)]),
  games: z.array(
    z.strictObject({
      title: z.string().max(500),
      seed: z.number(),
      found: z.tuple([found, found]),
    }),
  ),
}) satisfies z.ZodType<WeaknessesFile, unknown>
