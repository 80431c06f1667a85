import { z } from 'zod'

/** What a whole config and one stage of it both name: numbers, slots and parts. */

export const count = (low = 1, high = 1_000_000_000): z.ZodInt => z.int().min(low).max(high)

export const slot = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, {
  error: 'a slot is named by letters, digits, `_` and `-`, at most 32, a letter first',
})

const modulePlace = z.string().regex(/^(file:\/\/|\.{1,2}\/)/)
export const moduleSchema = z.union([modulePlace, z.array(modulePlace).min(1).max(8)], {
  error: 'must be a path that begins with ./ or ../, a file:// URL, or a list of such',
})

export const part = z.looseObject({
  id: z
    .string()
    .min(1)
    .max(1000)
    .describe('A built-in id, or the path of a module, relative to the config file.'),
  module: moduleSchema
    .optional()
    .describe(
      'Where a module of your own was found, relative to this file or a URL, the first place with a file counts; written by Agon so that a run can be resumed.',
    ),
})

export const studentSlots = z
  .record(slot, part)
  .refine((slots) => Object.keys(slots).length >= 1 && Object.keys(slots).length <= 64, {
    error: 'must name 1 to 64 slots',
  })
