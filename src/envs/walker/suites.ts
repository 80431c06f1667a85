import type { RandomStream } from '../../core/random.ts'
import type { Suite, SuiteEntry } from '../contract.ts'
import { unknownSuite } from '../unknown-suite.ts'
import { PARAMETERS, type WalkerLevel } from './level.ts'

type Entry = SuiteEntry<WalkerLevel>

/** Every episode has a ground of its own, as the published evaluations have. */
const entry = (name: string, level: (seed: number) => WalkerLevel): Entry => ({
  name,
  level: (stream: RandomStream) => level(stream.uint32()),
})

const published = (name: string, terrain: 'plain' | 'hardcore', maxSteps: number): Entry =>
  entry(name, (seed) => ({ terrain, seed, maxSteps }))

type Parameter = (typeof PARAMETERS)[number]

/** A ground with these numbers; what is not named stands at its lowest. */
function ground(name: string, given: Partial<Record<Parameter, number>>): Entry {
  const parameters = PARAMETERS.map((one) => given[one] ?? (one === 'stairSteps' ? 1 : 0))
  return entry(name, (seed) => ({ terrain: 'parameters', parameters, seed, maxSteps: 2000 }))
}

/** POET's roses: roughness, both ends of the stumps, both of the pits. */
const rose = (
  name: string,
  roughness: number,
  [stumpLow, stumpHigh]: readonly [number, number],
  [pitLow, pitHigh]: readonly [number, number],
): Entry => ground(name, { roughness, stumpLow, stumpHigh, pitLow, pitHigh })

const TEST: readonly Entry[] = [
  published('BipedalWalker-v3', 'plain', 1600),
  published('BipedalWalkerHardcore-v3', 'hardcore', 2000),
  ground('Stairs', { stairLow: 2, stairHigh: 2, stairSteps: 5 }),
  ground('PitGap', { pitLow: 5, pitHigh: 5 }),
  ground('StumpHeight', { stumpLow: 2, stumpHigh: 2 }),
  ground('Roughness', { roughness: 5 }),
]

const HARDER: readonly Entry[] = [
  ground('HardStairs', { stairLow: 5, stairHigh: 5, stairSteps: 9 }),
  ground('HardPitGap', { pitLow: 10, pitHigh: 10 }),
  ground('HardStumpHeight', { stumpLow: 5, stumpHigh: 5 }),
  ground('HardRoughness', { roughness: 9 }),
]

const POET: readonly Entry[] = [
  rose('PoetRose1a', 5.6, [2.4, 2.82], [4.48, 6.4]),
  rose('PoetRose1b', 5.44, [1.8, 2.82], [4.48, 6.72]),
  rose('PoetRose2a', 7.2, [1.98, 2.82], [5.6, 7.2]),
  rose('PoetRose2b', 5.76, [2.16, 2.76], [1.6, 7.2]),
  rose('PoetRose3a', 5.28, [1.98, 2.76], [4.8, 7.2]),
  // Published in this order, which the ground puts right.
  rose('PoetRose3b', 4.8, [2.4, 2.76], [4.8, 4.48]),
]

const SUITES: Readonly<Record<string, Pick<Suite<WalkerLevel>, 'about' | 'entries'>>> = {
  'walker/test': {
    about:
      'The test grounds of ACCEL: both of Gymnasium, and stairs, pits, stumps and roughness, each alone.',
    entries: TEST,
  },
  'walker/harder': {
    about: 'Stairs, pits, stumps and roughness, each alone and about as hard as levels can be.',
    entries: HARDER,
  },
  'walker/poet': {
    about: 'Six rose plots of POET: roughness, stumps and pits together.',
    entries: POET,
  },
  'walker/all': {
    about: 'Every ground of the other suites.',
    entries: [...TEST, ...HARDER, ...POET],
  },
}

export const SUITE_IDS: readonly string[] = Object.keys(SUITES)

/** @throws AgonError `suite/unknown` with the nearest id */
export function walkerSuite(id: string): Suite<WalkerLevel> {
  if (!SUITE_IDS.includes(id)) throw unknownSuite(id, SUITE_IDS)
  return { id, ...SUITES[id] }
}
