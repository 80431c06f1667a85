import type { RandomStream } from '../../../core/random.ts'
import { LEAST_SPREAD, type RacingLevel, spreadOf } from '../level.ts'
import type { RacingOptions } from '../options.ts'

/** How far one edit moves a point in each direction at most: a cell of a sketch. */
const MOVE = 0.1

/** The first is the space's own. No published car racing has edits. */
export const RACING_OPERATORS = ['edit', 'replace'] as const
export type RacingOperator = (typeof RACING_OPERATORS)[number]

/**
 * A changed copy: `edits` control points drawn with replacement, each moved, or put anywhere. What would leave all of them
 * in one spot is not done. A level of Gymnasium's has nothing but its seed, and gets a new one.
 */
export function editLevel(
  level: RacingLevel,
  operator: RacingOperator,
  { edits }: Pick<RacingOptions, 'edits'>,
  random: RandomStream,
): RacingLevel {
  if (level.track === 'gymnasium') return { ...level, seed: random.uint32() }
  let points = [...level.points]
  for (let k = 0; k < edits; k++) {
    const at = 2 * random.integer(points.length / 2)
    const moved = [...points]
    for (let i = at; i < at + 2; i++) {
      const to = random.uniform()
      moved[i] = operator === 'replace' ? to : clamp(points[i] + MOVE * (2 * to - 1))
    }
    if (spreadOf(moved) >= LEAST_SPREAD) points = moved
  }
  return { ...level, points }
}

const clamp = (value: number): number => Math.min(Math.max(value, 0), 1)
