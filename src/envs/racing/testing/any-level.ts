import type { RandomStream } from '../../../core/random.ts'
import { generateLevel } from '../generate.ts'
import { LEAST_POINTS, type RacingLevel } from '../level.ts'
import { GENERATORS } from '../options.ts'

/** Of any generator and number of control points, with or without a step limit. */
export function drawAnyLevel(random: RandomStream): RacingLevel {
  const generator = GENERATORS[random.integer(GENERATORS.length)]
  const controlPoints = LEAST_POINTS + random.integer(16)
  const level = generateLevel({ generator, controlPoints }, random)
  return random.integer(2) === 0 ? level : { ...level, maxSteps: 1 + random.integer(3000) }
}
