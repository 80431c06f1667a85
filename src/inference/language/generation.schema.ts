import { z } from 'zod'
import type { Generation } from './contract.ts'

const token = { token: z.string(), logProb: z.number() }
const count = z.int().min(0)

/** A generation that comes from a file or from another program. */
export const generationSchema = z.object({
  text: z.string(),
  finish: z.enum(['stop', 'length', 'filter']),
  usage: z.object({ input: count, output: count }),
  logProbs: z.array(z.object({ ...token, top: z.array(z.object(token)) })).optional(),
})

/** Null for what is none. */
export function readGeneration(value: unknown): Generation | null {
  const { success, data } = generationSchema.safeParse(value)
  return success ? data : null
}
