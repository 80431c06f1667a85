import { z } from 'zod'
import { builtAdversary } from './built/built-adversary.ts'
import { builderOptions, pairCast, regretOptions } from './built/options.ts'
import { defineAdversary } from './define-adversary.ts'

/**
 * PAIRED (Dennis et al. 2020, "Emergent Complexity and Zero-shot Transfer via Unsupervised Environment Design"): a learned
 * builder is paid the regret of its levels, by how much the antagonist did better on them than the protagonist.
 */
export const adversary = defineAdversary({
  id: 'paired',
  options: z.strictObject({ ...builderOptions, ...regretOptions }),
  tasksPerCycle: (_, count) => count,
  trainShare: () => 1,
  repeatsLevels: () => true,
  cast: ({ service }) => pairCast(service),
  create: ({ service, regret }, context) =>
    builtAdversary({ kind: 'paired', service, regret }, context),
})
