import type { LevelFeatures, LevelSpace, Mutation } from '../contract.ts'
import { chosenOperator } from '../operators.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { drawLevel } from './draw.ts'
import { crossLevels } from './edit/crossover.ts'
import { editLevel, WALKER_OPERATORS } from './edit/edit.ts'
import { generateLevel } from './generate.ts'
import { walkerGenome } from './genome.ts'
import { courseOf, terrainParameters } from './ground-of.ts'
import { findDefect, type WalkerLevel } from './level.ts'
import type { WalkerOptions } from './options.ts'
import { formatLevel, parseLevel, parseLevels } from './text.ts'

/** The grounds that an adversary searches, as the options say. */
export function walkerLevelSpace(options: WalkerOptions): LevelSpace<WalkerLevel> {
  return {
    sample: (stream) => generateLevel(options, stream),
    operators: WALKER_OPERATORS,
    mutate(level, stream, asked): Mutation<WalkerLevel> {
      const operator = chosenOperator(asked, WALKER_OPERATORS)
      return { level: editLevel(level, operator, options, stream), operator }
    },
    crossover: (a, b, stream): Mutation<WalkerLevel> => ({
      level: crossLevels(a, b, stream),
      operator: 'crossover',
    }),
    genome: walkerGenome(options),
    key: (level) => Buffer.from(encodeLevel(level)).toString('base64'),
    encode: encodeLevel,
    decode: decodeLevel,
    format: (level) => formatLevel(level),
    parse: parseLevel,
    parseFile: parseLevels,
    validate(level) {
      const defect = findDefect(level)
      return defect === null ? null : `${defect.message} (${defect.place})`
    },
    features: walkerFeatures,
    draw: (level) => drawLevel(courseOf(level).terrain),
  }
}

/**
 * `n_stumps`, `n_stairs` (flights) and `n_pits` that the seed came to; of a level with parameters also these, each pair in
 * order and steps rounded.
 */
export function walkerFeatures(level: WalkerLevel): LevelFeatures {
  const { stumps, stairs, pits } = courseOf(level).terrain.counts
  const counts = { n_stumps: stumps, n_stairs: stairs, n_pits: pits }
  if (level.terrain !== 'parameters') return counts
  const { roughness, pit, stump, stair, steps } = terrainParameters(level)
  return {
    roughness,
    pit_low: pit[0],
    pit_high: pit[1],
    stump_low: stump[0],
    stump_high: stump[1],
    stair_low: stair[0],
    stair_high: stair[1],
    stair_steps: steps,
    ...counts,
  }
}
