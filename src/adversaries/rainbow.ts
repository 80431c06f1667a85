import { defineAdversary } from './define-adversary.ts'
import { type RainbowOptions, rainbowGrid, rainbowOptions } from './rainbow/options.ts'
import { rainbowAdversary } from './rainbow/rainbow-adversary.ts'

/** Rainbow Teaming (Samvelyan et al. 2024): the prompts on which a language model fails, one for each kind, found by rewriting. */
export const adversary = defineAdversary<RainbowOptions>({
  id: 'rainbow',
  options: rainbowOptions,
  tasksPerCycle: (_, count) => count,
  trainShare: () => 0,
  grid: rainbowGrid,
  create: (options, context) => rainbowAdversary(options, context),
})
