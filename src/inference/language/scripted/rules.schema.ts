import { z } from 'zod'

const text = z.string().max(100_000)

const answer = z.union([
  text,
  z.strictObject({ text, weight: z.number().positive().max(1e6).default(1) }),
])

/** One rule of a scripted model. */
export const rule = z.strictObject({
  when: z
    .string()
    .max(10_000)
    .default('')
    .describe('A regular expression that the text has to have; default every text.'),
  in: z
    .enum(['last', 'all', 'system'])
    .default('last')
    .describe('Where it looks: the last message, all of them in lines, or the system’s.'),
  answers: z
    .union([text, z.array(answer).min(1).max(10_000)])
    .describe('What is answered, with $1, $<name> and $& of what was found; of several, one.'),
})

export const rules = z.array(rule).min(1).max(10_000)

/** The file of a script. */
export const script = z.strictObject({ rules })

export type Rule = z.output<typeof rule>
