import { z } from 'zod'
import { budget } from './budget.schema.ts'
import { part, studentSlots } from './parts.schema.ts'

/**
 * One stage of `stages:`. What it leaves out is that of the top level. What a stage is in the end is checked as a whole
 * config would be, so its own options and its budget are only shaped here.
 */

/** Names become file names and stand beside slots in them. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/
const name = z.string().regex(NAME, {
  error: 'a stage is named by letters, digits, `_` and `-`, at most 32, a letter first',
})

export const stage = z.strictObject({
  name: name.describe('Names the stage in files, rows and messages; each once.'),
  env: part.optional().describe('The environment of this stage; the default is `env`.'),
  adversary: part.optional().describe('Who proposes its levels; the default is `adversary`.'),
  student: part.optional().describe('Its one student; the default is `student` or `students`.'),
  students: studentSlots.optional().describe('Its several students, instead of `student`.'),
  evaluation: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Keys of `evaluation` that differ in this stage; not `workers` and `device`.'),
  budget: budget.optional().describe('When the stage is done; the default is `budget`.'),
  dataset: z
    .strictObject({
      episodes: z.int().min(1).max(100_000_000).describe('How many at most.'),
      take: z
        .enum(['first', 'last'])
        .default('last')
        .describe(
          'Which of those that its students play: the last ones, or the first. Default last.',
        ),
    })
    .optional()
    .describe('Episodes of its students that the stage leaves to later ones.'),
  from: z
    .strictObject({
      policy: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The stage whose student this one starts from, `<stage>`, or `<stage>.<slot>` for one of several; several students without a slot start each from its own.',
        ),
      archive: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The stage whose adversary’s record this one’s begins with; both must be of a kind.',
        ),
      dataset: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The stage whose `dataset` this one is given; somebody in its cast must make use of one.',
        ),
    })
    .optional()
    .describe('What earlier stages leave to this one.'),
})

export const stages = z.array(stage).min(1).max(100)

/** A stage as it is written, once its shape is right. */
export type WrittenStage = z.output<typeof stage>
