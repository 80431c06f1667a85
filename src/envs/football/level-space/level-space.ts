import type { LevelSpace, Mutation } from '../../contract.ts'
import { drawLevel } from '../draw/draw-level.ts'
import { generateLevel, type Scenario } from '../generate/generate-level.ts'
import { moveLevel } from '../generate/move.ts'
import type { FootballLevel } from '../level.ts'
import type { FootballOptions } from '../options.ts'
import { formatLevel } from '../text/format-level.ts'
import { parseLevel, parseLevels } from '../text/parse-levels.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { footballFeatures } from './features.ts'

/**
 * The starts of games that an adversary searches, as the options say.
 * @param obstacle why the environment cannot play a level, or null
 */
export function footballLevelSpace(
  options: FootballOptions,
  scenario: Scenario,
  obstacle: (level: FootballLevel) => string | null,
): LevelSpace<FootballLevel> {
  return {
    sample: (stream) => generateLevel(scenario, options, stream),
    mutate: (level, stream): Mutation<FootballLevel> => ({
      level: moveLevel(level, options, stream),
      operator: 'move',
    }),
    key: (level) => Buffer.from(encodeLevel(level)).toString('base64'),
    encode: encodeLevel,
    decode: decodeLevel,
    format: (level) => formatLevel(level),
    parse: parseLevel,
    parseFile: parseLevels,
    validate: obstacle,
    features: footballFeatures,
    draw: drawLevel,
  }
}
