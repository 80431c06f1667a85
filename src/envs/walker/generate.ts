import type { RandomStream } from '../../core/random.ts'
import { HIGH, LOW, PARAMETERS, POET_PARAMETERS, type WalkerLevel } from './level.ts'
import type { WalkerOptions } from './options.ts'

/** Where ACCEL starts: only the roughness is drawn. */
const EASY_LOW: readonly number[] = [0, 0, 0.8, 0, 0.4, 0, 0.4, 1]
const EASY_HIGH: readonly number[] = [0.6, 0, 0.8, 0, 0.4, 0, 0.4, 1]

/** How many numbers a variant's levels have of their own; the others stand at their lowest. */
export const parameterCount = ({ variant }: Pick<WalkerOptions, 'variant'>): number =>
  variant === 'poet' ? POET_PARAMETERS : PARAMETERS.length

/** A level of the generator that the options name; pairs are drawn without order, steps as a real number. */
export function generateLevel(
  options: Pick<WalkerOptions, 'generator' | 'variant'>,
  random: RandomStream,
): WalkerLevel {
  const { generator } = options
  const seed = random.uint32()
  if (generator === 'plain' || generator === 'hardcore') return { terrain: generator, seed }
  const [low, high] = generator === 'easy' ? [EASY_LOW, EASY_HIGH] : [LOW, HIGH]
  const own = parameterCount(options)
  const parameters = PARAMETERS.map((_, i) =>
    i < own ? low[i] + (high[i] - low[i]) * random.uniform() : LOW[i],
  )
  return { terrain: 'parameters', parameters, seed }
}
