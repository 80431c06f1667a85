import { z } from 'zod'

const pattern = (about: string) => z.string().min(1).max(10_000).optional().describe(about)
const least = (about: string) =>
  z.number().min(0).max(Number.MAX_VALUE).default(0).describe(`${about} Default 0.`)

export const matchOptions = z.strictObject({
  artefact: z
    .string()
    .min(1)
    .max(200)
    .default('answer')
    .describe('The artefact of an attempt that is compared. Default answer.'),
  extract: pattern(
    'A regular expression: its first group, or all that it finds, is the answer; default the whole artefact.',
  ),
  expected: pattern(
    'A regular expression over the text form of the level: its first group, or all that it finds, is what is expected; default the whole text.',
  ),
  how: z
    .enum(['exact', 'normalised', 'regex', 'number'])
    .default('normalised')
    .describe(
      'exact: the same characters. normalised: the same but for case, forms of one character, blanks, and punctuation at the ends. regex: what is expected is a regular expression that has to fit the whole answer. number: the last number of either, within the tolerance. Default normalised.',
    ),
  tolerance: least('Of numbers: by how much they may differ.'),
  relative: least('Of numbers: by which share of the expected one they may differ beside that.'),
  sealed: z
    .boolean()
    .default(false)
    .describe(
      'Whether the adversary is not to see it: to metrics and journal alone. Default false.',
    ),
})

export type MatchOptions = z.output<typeof matchOptions>
