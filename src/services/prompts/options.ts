import { z } from 'zod'
import { DOMAIN_IDS } from '../../envs/prompts/domains.ts'

const share = (about: string, value: number) =>
  z.number().min(0).max(1).default(value).describe(`${about} Default ${value}.`)

/** A category, or the numbers from `low` up to but not including `high`. */
const place = z.union([
  z.string().min(1).max(100),
  z.strictObject({ low: z.number(), high: z.number() }),
])

export const promptRules = z.strictObject({
  role: z
    .enum(['mutator', 'target', 'judge', 'scorer', 'oracle', 'refusal', 'outside'])
    .describe(
      'What it is asked for: to rewrite a text; to answer it as a model with known weaknesses; which of two responses is worse; how bad one is; what the right answer is; whether a response refuses; or, as a grader, how the outcomes of a cycle are to be taken.',
    ),
  domain: z
    .enum(DOMAIN_IDS)
    .optional()
    .describe('Whose rules; absent: those of the environment’s domain.'),
  success: share('Of a mutator: the share of rewritings that do what was asked.', 1),
  weak: z
    .array(z.record(z.string(), place))
    .max(1000)
    .default([])
    .describe(
      'Of a target: kinds of prompts on which it fails, by axis; on all others it is right.',
    ),
  noise: share('Of a judge: the share of votes that are drawn by lot.', 0),
  firstBias: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      'Of a judge: the share of votes for what stands first, whatever it is; absent: it looks at the content.',
    ),
  sealed: z
    .boolean()
    .default(true)
    .describe(
      'Of the outside one: whether its verdicts are kept from the adversary, in metrics and journal alone. Default true.',
    ),
})

export type PromptRules = z.output<typeof promptRules>
