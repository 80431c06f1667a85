import { z } from 'zod'
import { defineAttempts } from './searched/define-search.ts'
import { levelsAdversary } from './searched/levels-adversary.ts'
import { optionalAxes, searchOptions } from './searched/options.ts'

const { emitters: _, initial: __, ...shared } = searchOptions
const path = z.string().min(1).max(4096)

const schema = z.strictObject({
  levels: z
    .array(z.string().min(1))
    .max(100_000)
    .default([])
    .describe('Levels in the environment’s text form.'),
  file: path
    .optional()
    .describe(
      'A text file of levels, parted by blank lines; from the working directory. Read when the first cycle begins.',
    ),
  history: path
    .optional()
    .describe(
      'The history.jsonl of a search, or the folder of its run, whose elites are attempted; read likewise.',
    ),
  top: z
    .int()
    .min(1)
    .max(100_000)
    .default(100)
    .describe('Most elites of a history or of an earlier stage’s archive: the best.'),
  ...shared,
  axes: optionalAxes,
  against: shared.against.default('all'),
})

/** A fixed set of levels: to train on what a search has found, or to examine a student on it. */
export const adversary = defineAttempts<z.output<typeof schema>>(
  'levels',
  schema,
  (options, context) => levelsAdversary({ ...options, emitters: [], initial: 0 }, context),
)
