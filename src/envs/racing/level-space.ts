import type { LevelFeatures, LevelSpace, Mutation } from '../contract.ts'
import { chosenOperator } from '../operators.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { drawLevel } from './draw.ts'
import { crossLevels } from './edit/crossover.ts'
import { editLevel, RACING_OPERATORS } from './edit/edit.ts'
import { generateLevel } from './generate.ts'
import { racingGenome } from './genome.ts'
import { findDefect, type RacingLevel } from './level.ts'
import type { RacingOptions } from './options.ts'
import { formatLevel, parseLevel, parseLevels } from './text.ts'
import { clockwise } from './track/bezier-line.ts'
import { measureTrack } from './track/measure.ts'
import { trackOf } from './track/track-of.ts'

/** The tracks that an adversary searches, as the options say. */
export function racingLevelSpace(options: RacingOptions): LevelSpace<RacingLevel> {
  return {
    sample: (stream) => generateLevel(options, stream),
    operators: RACING_OPERATORS,
    mutate(level, stream, asked): Mutation<RacingLevel> {
      const operator = chosenOperator(asked, RACING_OPERATORS)
      return { level: editLevel(level, operator, options, stream), operator }
    },
    crossover: (a, b, stream): Mutation<RacingLevel> => ({
      level: crossLevels(a, b, stream),
      operator: 'crossover',
    }),
    genome: racingGenome(options),
    key: (level) => Buffer.from(encodeLevel(inOrder(level))).toString('base64'),
    encode: encodeLevel,
    decode: decodeLevel,
    format: (level) => formatLevel(level),
    parse: parseLevel,
    parseFile: parseLevels,
    validate(level) {
      const defect = findDefect(level)
      return defect === null ? null : `${defect.message} (${defect.place})`
    },
    features: racingFeatures,
    draw: (level) => drawLevel(trackOf(level)),
  }
}

/** The same track, its control points in the order of the curve. */
const inOrder = (level: RacingLevel): RacingLevel =>
  level.track === 'bezier' ? { ...level, points: clockwise(level.points).flat() } : level

export function racingFeatures(level: RacingLevel): LevelFeatures {
  const { length, turning, sharpest, crossings, kerbs, tiles } = measureTrack(trackOf(level))
  return {
    ...(level.track === 'bezier' ? { n_points: level.points.length / 2 } : {}),
    n_tiles: tiles,
    n_kerbs: kerbs,
    n_crossings: crossings,
    track_length: length,
    total_turning: turning,
    sharpest_bend: sharpest,
  }
}
