import type { RandomStream } from '../../../core/random.ts'
import { generateLevel } from '../generate.ts'
import type { WalkerLevel } from '../level.ts'
import { GENERATORS } from '../options.ts'

/** Of any generator and variant, with or without a step limit. */
export function drawAnyLevel(random: RandomStream): WalkerLevel {
  const generator = GENERATORS[random.integer(GENERATORS.length)]
  const variant = random.integer(2) === 0 ? 'full' : 'poet'
  const level = generateLevel({ generator, variant }, random)
  return random.integer(2) === 0 ? level : { ...level, maxSteps: 1 + random.integer(3000) }
}
