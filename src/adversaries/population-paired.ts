import { z } from 'zod'
import { slotId } from '../core/ids.ts'
import { builtAdversary } from './built/built-adversary.ts'
import { builderOptions, builderServices } from './built/options.ts'
import { defineAdversary } from './define-adversary.ts'

/**
 * Population PAIRED: a learned builder is paid by how much the best of several students did better than all of them on average.
 */
export const adversary = defineAdversary({
  id: 'population-paired',
  options: z.strictObject({
    ...builderOptions,
    population: z
      .int()
      .min(2)
      .max(16)
      .default(3)
      .describe('Students where the config gives one `student` for all: student-1, student-2, ….'),
  }),
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  repeatsLevels: () => true,
  cast: ({ service, population }) => ({
    slots: Array.from({ length: population }, (_, i) => slotId(`student-${i + 1}`)),
    services: builderServices(service),
    slotFault: ({ length }) => (length >= 2 ? null : 'needs two students or more; there is one'),
  }),
  create: ({ service }, context) =>
    builtAdversary({ kind: 'population-paired', service, regret: 'population-regret' }, context),
})
