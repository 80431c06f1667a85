import type { RandomStream } from '../../../core/random.ts'
import { parameterCount } from '../generate.ts'
import { HIGH, LOW, type WalkerLevel } from '../level.ts'
import type { WalkerOptions } from '../options.ts'

/** How far one edit moves each number; the roughness by as much at most, drawn. */
const AMOUNTS = [0.6, 0.4, 0.4, 0.2, 0.2, 0.2, 0.2, 1] as const
const ROUGHNESS = 0

/**
 * The first is dcd's own; the others draw only among the numbers that they name, or change the seed alone. Whatever was
 * edited gets a new seed.
 */
export const WALKER_OPERATORS = [
  'edit',
  'edit-roughness',
  'edit-pits',
  'edit-stumps',
  'edit-stairs',
  'reseed',
] as const
export type WalkerOperator = (typeof WALKER_OPERATORS)[number]

const EDITED: Readonly<Record<WalkerOperator, readonly number[]>> = {
  edit: [0, 1, 2, 3, 4, 5, 6, 7],
  'edit-roughness': [0],
  'edit-pits': [1, 2],
  'edit-stumps': [3, 4],
  'edit-stairs': [5, 6, 7],
  reseed: [],
}

/**
 * A changed copy: `edits` numbers drawn with replacement, then for each a direction, down, none or up, and clipped to the
 * whole range. A level of Gymnasium's has nothing but its seed.
 */
export function editLevel(
  level: WalkerLevel,
  operator: WalkerOperator,
  options: Pick<WalkerOptions, 'edits' | 'variant'>,
  random: RandomStream,
): WalkerLevel {
  const own = EDITED[operator].filter((i) => i < parameterCount(options))
  if (level.terrain !== 'parameters' || own.length === 0) return { ...level, seed: random.uint32() }
  const parameters = [...level.parameters]
  const chosen = Array.from({ length: options.edits }, () => own[random.integer(own.length)])
  const directions = chosen.map(() => random.integer(3) - 1)
  for (const [k, i] of chosen.entries()) {
    const amount = i === ROUGHNESS ? AMOUNTS[i] * random.uniform() : AMOUNTS[i]
    const moved = parameters[i] + directions[k] * amount
    // The sum with 0 makes a negative zero a zero.
    parameters[i] = Math.min(Math.max(moved, LOW[i]), HIGH[i]) + 0
  }
  return { ...level, parameters, seed: random.uint32() }
}
