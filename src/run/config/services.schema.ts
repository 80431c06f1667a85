import { z } from 'zod'
import type { AskLimits } from '../../actors/kit/asking/contract.ts'

/** The `services:` section: whom adversaries, students and graders may ask. */

const count = (low: number, high: number): z.ZodInt => z.int().min(low).max(high)
const MOST = 1_000_000_000

export const serviceName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, {
  error: 'a service is named by letters, digits, `_` and `-`, at most 32, a letter first',
})

export const limits = z.strictObject({
  concurrency: count(1, 10_000).default(4).describe('Questions that it is asked at a time.'),
  deadlineSeconds: z
    .number()
    .positive()
    .max(1_000_000)
    .default(60)
    .describe('Seconds after which a question that has no answer is asked again.'),
  retries: count(0, 1000)
    .default(3)
    .describe(
      'How often a question may be asked again: after a deadline, a loss, or a failure that says so.',
    ),
  calls: count(1, MOST)
    .optional()
    .describe('Calls of the whole run; the run ends at the next one.'),
  tokens: count(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Tokens of the whole run, as the answers count them.'),
  money: z
    .number()
    .positive()
    .max(MOST)
    .optional()
    .describe('Money of the whole run, in the unit of the answers.'),
  seconds: z
    .number()
    .positive()
    .max(MOST)
    .optional()
    .describe('Seconds of the whole run that its calls may take, added up.'),
})

/** Limits without the caps that are not set. */
export function askLimits(given: z.output<typeof limits>): AskLimits {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as unknown as AskLimits
}
