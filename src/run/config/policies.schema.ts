import { z } from 'zod'

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/

const named = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe(
        'A policy.onnx with its policy.yaml beside it, relative to this file; the run keeps a copy.',
      ),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'must be 64 hexadecimal digits' })
      .optional()
      .describe('Of the file and its card; written by Agon, so that a run goes on with the same.'),
    bot: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('A rule of the environment; `random` is everywhere.'),
    difficulty: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe(
        'Of a bot’s team, instead of the level’s, where its environment knows such: football.',
      ),
    kserve: z
      .string()
      .regex(/^kserve:\/\//, { error: 'must begin with kserve://' })
      .max(1000)
      .optional()
      .describe('A policy that others run, `kserve://host:port/model`.'),
    slot: z
      .string()
      .regex(NAME)
      .optional()
      .describe('The student in that slot, as it is when a cycle begins.'),
    temperature: z
      .number()
      .gt(0)
      .max(100)
      .optional()
      .describe(
        'Weakens a file or a served policy: its actions are drawn from its logits divided by this.',
      ),
    epsilon: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('Weakens one too: the share of its actions that are any allowed one alike.'),
  })
  .refine(({ file, bot, kserve, slot }) => given({ file, bot, kserve, slot }) === 1, {
    error: 'must have exactly one of file, bot, kserve and slot',
  })
  .refine(({ bot, difficulty }) => difficulty === undefined || bot !== undefined, {
    error: 'difficulty stands beside bot',
  })
  .refine(
    ({ file, kserve, temperature, epsilon }) =>
      (temperature ?? epsilon) === undefined || (file ?? kserve) !== undefined,
    { error: 'temperature and epsilon stand beside file or kserve' },
  )
  .refine(({ file, sha256 }) => sha256 === undefined || file !== undefined, {
    error: 'sha256 stands beside file',
  })

const given = (kinds: Readonly<Record<string, unknown>>): number =>
  Object.values(kinds).filter((value) => value !== undefined).length

const name = z.string().regex(NAME, {
  error: 'a policy is named by letters, digits, `_` and `-`, at most 32, a letter first',
})

export const policiesSchema = z
  .record(name, named)
  .refine((policies) => Object.keys(policies).length <= 64, { error: 'must name at most 64' })

export const seatingSchema = z.record(z.string().min(1).max(100), z.string().min(1).max(100))

/** As written, with one kind given. */
export type WrittenPolicy = z.output<typeof named>
