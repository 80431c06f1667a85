import type { LevelSpace, Mutation } from '../../contract.ts'
import { chosenOperator } from '../../operators.ts'
import { drawLevel } from '../draw/draw-level.ts'
import { emptyPitch } from '../draw/pitch.ts'
import { generateLevel, overridden, type Scenario } from '../generate/generate-level.ts'
import type { Movable } from '../generate/movable.ts'
import { moveLevel } from '../generate/move.ts'
import type { FootballLevel } from '../level.ts'
import type { FootballOptions } from '../options.ts'
import { formatScenario, scenarioFileName } from '../scenario-file/format-scenario.ts'
import { FIRST_EPISODE } from '../suites/suites.ts'
import { formatLevel } from '../text/format-level.ts'
import { parseLevel, parseLevels } from '../text/parse-levels.ts'
import { decodeLevel, encodeLevel } from './codec.ts'
import { crossPlaces } from './crossover.ts'
import { footballFeatures } from './features.ts'
import { footballGenome } from './genome.ts'

/** The first is the options' own; the others move, of the same things, the ball alone or the players of one team. */
const OPERATORS = ['move', 'move-ball', 'move-left', 'move-right'] as const
const MOVED: Readonly<Record<(typeof OPERATORS)[number], (what: Movable) => boolean>> = {
  move: () => true,
  'move-ball': (what) => what === 'ball',
  'move-left': (what) => what !== 'ball' && what.side === 'left',
  'move-right': (what) => what !== 'ball' && what.side === 'right',
}

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
    operators: OPERATORS,
    mutate(level, stream, asked): Mutation<FootballLevel> {
      const operator = chosenOperator(asked, OPERATORS)
      return { level: moveLevel(level, options, stream, MOVED[operator]), operator }
    },
    crossover: (a, b, stream): Mutation<FootballLevel> => ({
      level: crossPlaces(a, b, stream),
      operator: 'crossover',
    }),
    genome: footballGenome(overridden(scenario(FIRST_EPISODE), options), options),
    key: (level) => Buffer.from(encodeLevel(level)).toString('base64'),
    encode: encodeLevel,
    decode: decodeLevel,
    format: (level) => formatLevel(level),
    parse: parseLevel,
    parseFile: parseLevels,
    validate: obstacle,
    features: footballFeatures,
    draw: drawLevel,
    foreign: {
      folder: 'scenarios',
      file: (level, name) => ({ name: scenarioFileName(name), text: formatScenario(level) }),
    },
    backdrop: (x, y) => (isBall(x, 'x') && isBall(y, 'y') ? emptyPitch() : null),
  }
}

/** The ball's place is a feature and two numbers of the genome. */
const isBall = (name: string, axis: 'x' | 'y'): boolean =>
  name === `ball_${axis}` || name === `ball ${axis}`
