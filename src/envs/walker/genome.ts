import type { Genome } from '../contract.ts'
import { boundedPoint, genomeError } from '../genome.ts'
import { parameterCount } from './generate.ts'
import { HIGH, LOW, PARAMETERS, type WalkerLevel } from './level.ts'
import type { WalkerOptions } from './options.ts'

/** The numbers of the options' variant over their whole ranges, steps as whole numbers. The seed is the options'. */
export function walkerGenome(
  options: Pick<WalkerOptions, 'variant' | 'genomeSeed'>,
): Genome<WalkerLevel> {
  const own = parameterCount(options)
  const names = PARAMETERS.slice(0, own)
  const bounds = {
    names,
    low: LOW.slice(0, own),
    high: HIGH.slice(0, own),
    integer: names.map((name) => name === 'stairSteps'),
  }
  return {
    bounds,
    toVector(level) {
      if (level.terrain !== 'parameters')
        throw genomeError(
          `a level of terrain '${level.terrain}' is no point of this genome`,
          bounds,
        )
      if (level.parameters.slice(own).some((value, i) => value !== LOW[own + i]))
        throw genomeError('a level with stairs is no point of a genome without them', bounds)
      return boundedPoint(level.parameters.slice(0, own), bounds)
    },
    fromVector(vector) {
      const point = boundedPoint(vector, bounds)
      return {
        terrain: 'parameters',
        parameters: PARAMETERS.map((_, i) => (i < own ? point[i] + 0 : LOW[i])),
        seed: options.genomeSeed,
      }
    },
  }
}
