import { z } from 'zod'
import { AgonError } from '../core/errors.ts'
import type { StudentDefinition } from './contract.ts'

const options = z.strictObject({
  tasks: z
    .int()
    .min(1)
    .max(100_000)
    .default(32)
    .describe(
      'Trainable tasks of a cycle that the student is told to want; it may ask for others.',
    ),
  steps: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(256)
    .describe('Environment steps that it takes in one task; for estimates only.'),
  discount: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('γ of its returns, for scores that need it; absent where it has none.'),
})

export type ExternalOptions = z.output<typeof options>

/** A student that another program plays: it attaches to the run (`placement.student: attach`). */
export const student: StudentDefinition<ExternalOptions> = {
  id: 'external',
  options,
  taskCount: ({ tasks }) => tasks,
  envSteps: ({ steps }, tasks) => tasks * steps,
  discount: ({ discount }) => discount,
  // The program that plays it is given the policy, and says so where it cannot begin with it.
  checkInit() {},
  create() {
    throw new AgonError('student/external', 'an external student is played by another program', {
      remedy: 'set placement.student: attach',
    })
  },
}
