import { z } from 'zod'
import { AgonError } from '../core/errors.ts'
import type { Adversary } from './contract.ts'
import { defineAdversary } from './define-adversary.ts'

/** An adversary that another program plays: it attaches to the run (`placement.adversary: attach`). */
export const adversary = defineAdversary({
  id: 'external',
  options: z.strictObject({
    tasksPerTask: z
      .number()
      .min(1)
      .max(1000)
      .default(1)
      .describe('Tasks that it gives for each one that a student wants; for estimates only.'),
    trainShare: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('Share of the cycles in which something may be learnt; for estimates only.'),
  }),
  tasksPerCycle: ({ tasksPerTask }, count) => Math.ceil(tasksPerTask * count),
  notes: ({ tasksPerTask }, count) =>
    Number.isInteger(tasksPerTask * count)
      ? []
      : [
          `tasksPerTask ${tasksPerTask} of ${count} tasks is taken as ${Math.ceil(tasksPerTask * count)}`,
        ],
  trainShare: ({ trainShare }) => trainShare,
  create: (): Adversary<null> => ({
    needs: [],
    init: elsewhere,
    propose: elsewhere,
    observe: elsewhere,
    snapshot: elsewhere,
    restore: elsewhere,
    gallery: elsewhere,
  }),
})

function elsewhere(): never {
  throw new AgonError('adversary/external', 'an external adversary is played by another program', {
    remedy: 'set placement.adversary: attach',
  })
}
