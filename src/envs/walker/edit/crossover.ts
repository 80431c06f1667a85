import { AgonError } from '../../../core/errors.ts'
import type { RandomStream } from '../../../core/random.ts'
import type { WalkerLevel } from '../level.ts'

/** Numbers that go together: roughness, pits, stumps, stairs. */
const GROUPS = [[0], [1, 2], [3, 4], [5, 6, 7]] as const

/**
 * Each kind of obstacle, and the roughness, as one of the two has it, by a fair coin; the step limit is a's, the seed new. No
 * published walker crosses levels.
 * @throws AgonError `level/crossover` where one of them has no parameters
 */
export function crossLevels(a: WalkerLevel, b: WalkerLevel, random: RandomStream): WalkerLevel {
  if (a.terrain !== 'parameters' || b.terrain !== 'parameters')
    throw new AgonError(
      'level/crossover',
      `levels of terrain '${a.terrain}' and '${b.terrain}' have no child`,
      { remedy: "cross levels of terrain 'parameters'" },
    )
  const parameters = [...a.parameters]
  for (const group of GROUPS)
    if (random.integer(2) === 1) for (const i of group) parameters[i] = b.parameters[i]
  return { ...a, parameters, seed: random.uint32() }
}
