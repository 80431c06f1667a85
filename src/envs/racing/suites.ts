import { type RandomStream, stream } from '../../core/random.ts'
import type { Suite, SuiteEntry } from '../contract.ts'
import { unknownSuite } from '../unknown-suite.ts'
import { generateLevel } from './generate.ts'
import type { RacingLevel } from './level.ts'
import type { RacingOptions } from './options.ts'

type Entry = SuiteEntry<RacingLevel>
type Repeat = Pick<RacingOptions, 'actionRepeat'>

/** Of these numbers dcd has tracks of Formula 1, whose outlines are not Agon's to give. */
const HELD_OUT = 20
const HELD_OUT_FRAMES = 3000
const SHAPE_FRAMES = 2000
const GYMNASIUM_FRAMES = 1000

/** Polar coordinates around the middle: distances at even angles. */
const around = (distances: readonly number[]): readonly number[] =>
  distances.flatMap((distance, i) => {
    const angle = (2 * Math.PI * i) / distances.length
    return [0.5 + distance * Math.cos(angle), 0.5 + distance * Math.sin(angle)]
  })

const SHAPES: Readonly<Record<string, readonly number[]>> = {
  Circle: around(new Array(12).fill(0.35)),
  Oval: around([0.45, 0.41, 0.27, 0.22, 0.27, 0.41, 0.45, 0.41, 0.27, 0.22, 0.27, 0.41]),
  Triangle: [0.1, 0.15, 0.9, 0.15, 0.5, 0.85],
  Square: [0.15, 0.15, 0.85, 0.15, 0.85, 0.85, 0.15, 0.85],
  Star: around([0.45, 0.25, 0.45, 0.25, 0.45, 0.25, 0.45, 0.25, 0.45, 0.25]),
  Hairpin: [0.05, 0.4, 0.95, 0.4, 0.95, 0.6, 0.05, 0.6],
}

const steps = (frames: number, { actionRepeat }: Repeat): number => Math.ceil(frames / actionRepeat)

const fixed = (name: string, level: RacingLevel): Entry => ({ name, level: () => level })

const gymnasium = (given: Repeat): Entry => ({
  name: 'CarRacing',
  level: (random: RandomStream) => ({
    track: 'gymnasium',
    seed: random.uint32(),
    maxSteps: steps(GYMNASIUM_FRAMES, given),
  }),
})

/** The same twenty tracks for everybody, of the same kind as dcd learns from. */
const heldOut = (given: Repeat): readonly Entry[] =>
  Array.from({ length: HELD_OUT }, (_, i) => {
    const random = stream('racing', 'held-out', i + 1)
    const level = generateLevel({ generator: 'bezier', controlPoints: 12 }, random)
    const name = `Track${String(i + 1).padStart(2, '0')}`
    return fixed(name, { ...level, maxSteps: steps(HELD_OUT_FRAMES, given) })
  })

const shapes = (given: Repeat): readonly Entry[] =>
  Object.entries(SHAPES).map(([name, points]) =>
    fixed(name, { track: 'bezier', points, maxSteps: steps(SHAPE_FRAMES, given) }),
  )

const SUITES: Readonly<
  Record<string, { readonly about: string; entries(given: Repeat): readonly Entry[] }>
> = {
  'racing/held-out': {
    about: 'Twenty fixed Bézier tracks of twelve control points, 3000 frames each.',
    entries: heldOut,
  },
  'racing/shapes': {
    about: 'Six tracks of plain shapes, from a circle to a hairpin, 2000 frames each.',
    entries: shapes,
  },
  'racing/gymnasium': {
    about: 'The track of Gymnasium’s CarRacing, another in each episode, 1000 frames.',
    entries: (given) => [gymnasium(given)],
  },
  'racing/all': {
    about: 'Every track of the other suites.',
    entries: (given) => [...heldOut(given), ...shapes(given), gymnasium(given)],
  },
}

export const SUITE_IDS: readonly string[] = Object.keys(SUITES)

/** @throws AgonError `suite/unknown` with the nearest id */
export function racingSuite(id: string, given: Repeat): Suite<RacingLevel> {
  if (!SUITE_IDS.includes(id)) throw unknownSuite(id, SUITE_IDS)
  const { about, entries } = SUITES[id]
  return { id, about, entries: entries(given) }
}
