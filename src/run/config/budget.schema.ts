import { z } from 'zod'
import { count } from './parts.schema.ts'

/** When a run, or a stage of it, is done. */
export const budget = z
  .strictObject({
    gradientUpdates: count()
      .optional()
      .describe('Stop after this many gradient updates (all epochs over one batch count as one).'),
    cycles: count()
      .optional()
      .describe('Stop after this many cycles, whether they learned or not.'),
    envSteps: count(1, Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('Stop at the first cycle that reaches this many environment steps.'),
    seconds: z
      .number()
      .positive()
      .max(1_000_000_000)
      .optional()
      .describe(
        'Stop after the cycle that ends at this many seconds of wall clock, summed over resumptions; a clock decides which one it is, so where such a run ends is not exact.',
      ),
    evaluations: count(1, Number.MAX_SAFE_INTEGER)
      .optional()
      .describe(
        'Stop at the first cycle that reaches this many attempts of all slots: a task counts once for each repeat.',
      ),
    calls: count(1, Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('Stop at the first cycle that reaches this many answers of services.'),
    tokens: count(1, Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('Stop at the first cycle that reaches this many tokens, as services tell them.'),
    money: z
      .number()
      .positive()
      .max(1_000_000_000)
      .optional()
      .describe('Stop at the first cycle that has cost this much, in the unit that services tell.'),
  })
  .refine((units) => Object.values(units).filter((value) => value !== undefined).length === 1, {
    error:
      'must have exactly one of gradientUpdates, cycles, envSteps, seconds, evaluations, calls, tokens and money',
  })
