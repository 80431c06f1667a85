import { z } from 'zod'
import { builtAdversary } from './built/built-adversary.ts'
import { builderOptions, builderServices } from './built/options.ts'
import { defineAdversary } from './define-adversary.ts'

/**
 * The minimax adversary (the baseline of Dennis et al. 2020): a learned builder is paid minus the highest return of the student,
 * and so builds whatever cannot be solved.
 */
export const adversary = defineAdversary({
  id: 'minimax-adversary',
  options: z.strictObject(builderOptions),
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  repeatsLevels: () => true,
  cast: ({ service }) => ({ services: builderServices(service) }),
  create: ({ service }, context) =>
    builtAdversary({ kind: 'minimax-adversary', service, regret: 'minimax' }, context),
})
