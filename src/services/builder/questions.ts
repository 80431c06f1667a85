import { z } from 'zod'
import { AgonError } from '../../core/errors.ts'
import type { Json } from '../contract.ts'

/** A number of the asker's own, under which levels are built and learned from. */
const build = z.int().min(0).max(0xffff_ffff)

/** Builds `count` levels, and remembers how. */
const building = z.strictObject({ build, count: z.int().min(1).max(100_000) })

/** Tells what each level of that build was worth, in the order in which they were given. */
const learning = z.strictObject({ learn: build, regrets: z.array(z.number()).min(1) })

export type Question = z.output<typeof building> | z.output<typeof learning>

/** @throws AgonError `builder/question` for anything else */
export function readQuestion(payload: Json): Question {
  const asked = z.union([building, learning]).safeParse(payload)
  if (asked.success) return asked.data
  throw new AgonError(
    'builder/question',
    `a builder is not asked ${JSON.stringify(payload)?.slice(0, 200)}`,
    {
      remedy: 'ask { build, count }, then { learn, regrets } with a number for each level',
    },
  )
}
