import type { RandomStream } from '../../../core/random.ts'
import type { Suite, SuiteEntry } from '../../contract.ts'
import { unknownSuite } from '../../unknown-suite.ts'
import { crossingMiniGrid, crossingMinimax } from '../generate/crossing.ts'
import { fourRoomsMiniGrid, fourRoomsMinimax } from '../generate/four-rooms.ts'
import { perfectMazeKruskal, perfectMazeMinimax } from '../generate/perfect-maze.ts'
import type { ProceduralSize } from '../generate/procedural.ts'
import type { Direction, MazeLevel } from '../level.ts'
import { fixedMaze } from './fixed-maze.ts'
import { crossingLimit, JAXUED_LIMIT, perimeterLimit } from './limits.ts'

type Entry = SuiteEntry<MazeLevel>
type Limit = (size: ProceduralSize) => number

export interface SuiteOptions {
  /** Draws the start direction of fixed mazes instead of the published one. */
  readonly randomStartDirection: boolean
}

/** A published maze; one of several goals is drawn for each episode. */
function fixed(name: string, limit: Limit, { randomStartDirection }: SuiteOptions): Entry {
  const levels = fixedMaze(name).levels.map((level) => ({ ...level, maxSteps: limit(level) }))
  return {
    name,
    level(stream) {
      const level = levels.length === 1 ? levels[0] : levels[stream.integer(levels.length)]
      if (!randomStartDirection) return level
      return { ...level, direction: stream.integer(4) as Direction }
    },
  }
}

function procedural(
  name: string,
  maxSteps: number,
  generate: (stream: RandomStream) => MazeLevel,
): Entry {
  return { name, level: (stream) => ({ ...generate(stream), maxSteps }) }
}

const square = (side: number): ProceduralSize => ({ height: side, width: side })

const fourRooms = (): Entry =>
  procedural('FourRooms', 250, (stream) => fourRoomsMinimax(square(17), stream))

const crossing = (): Entry =>
  procedural('Crossing', crossingLimit(square(9)), (stream) =>
    crossingMinimax({ ...square(9), crossings: 5 }, stream),
  )

const perfectMaze = (name: string, side: number): Entry =>
  procedural(name, perimeterLimit(square(side)), (stream) =>
    perfectMazeMinimax(square(side), stream),
  )

const dcdPerfectMaze = (name: string, side: number): Entry =>
  procedural(name, perimeterLimit(square(side)), (stream) =>
    perfectMazeKruskal(square(side), stream),
  )

/** `grid` counts the wall ring, as the name does: S9 has an interior of 7 × 7. */
const simpleCrossing = (grid: number, crossings: number): Entry =>
  procedural(`SimpleCrossingS${grid}N${crossings}`, crossingLimit(square(grid - 2)), (stream) =>
    crossingMiniGrid({ ...square(grid - 2), crossings }, stream),
  )

const dcdFourRooms = (): Entry =>
  procedural('FourRooms', 100, (stream) => fourRoomsMiniGrid(square(17), stream))

const TRAIN = ['SixteenRooms', 'Labyrinth', 'StandardMaze']
const REPORT = [
  'SixteenRooms',
  'SixteenRooms2',
  'Labyrinth',
  'Labyrinth2',
  'StandardMaze',
  'StandardMaze2',
  'StandardMaze3',
]
const JAXUED = [...REPORT.slice(0, 3), 'LabyrinthFlipped', ...REPORT.slice(3)]

interface SuiteRecipe {
  readonly about: string
  entries(options: SuiteOptions): Entry[]
}

const named =
  (names: readonly string[], limit: Limit) =>
  (options: SuiteOptions): Entry[] =>
    names.map((name) => fixed(name, limit, options))

const SUITES: Readonly<Record<string, SuiteRecipe>> = {
  'maze/minimax-train': {
    about: 'The three mazes that minimax measures during training.',
    entries: named(TRAIN, perimeterLimit),
  },
  'maze/minimax-report': {
    about: 'The twelve mazes of the minimax report.',
    entries: (options) => [
      ...named(REPORT, perimeterLimit)(options),
      crossing(),
      fourRooms(),
      ...named(['SmallCorridor', 'LargeCorridor'], perimeterLimit)(options),
      perfectMaze('PerfectMazeMedium', 19),
    ],
  },
  'maze/minimax-all': {
    about: 'Every maze that minimax registers, the memory maze included.',
    entries: (options) => [
      ...named(JAXUED, perimeterLimit)(options),
      ...named(['SmallCorridor', 'LargeCorridor'], perimeterLimit)(options),
      fourRooms(),
      crossing(),
      perfectMaze('PerfectMaze', 13),
      perfectMaze('PerfectMazeMedium', 19),
      perfectMaze('PerfectMazeXL', 101),
      fixed('Memory', () => 250, { randomStartDirection: false }),
    ],
  },
  'maze/jaxued': {
    about:
      'The eight mazes of JaxUED, 250 steps each: rates on Labyrinth compare with nothing else.',
    entries: named(JAXUED, () => JAXUED_LIMIT),
  },
  'maze/dcd': {
    about: 'The ten mazes of the dcd benchmark as intended.',
    entries: (options) => [
      ...named([...REPORT.slice(0, 6), 'LargeCorridor'], perimeterLimit)(options),
      dcdPerfectMaze('PerfectMazeMedium', 19),
      dcdPerfectMaze('PerfectMazeLarge', 49),
      dcdPerfectMaze('PerfectMazeXL', 99),
    ],
  },
  'maze/dcd-train': {
    about: 'The three mazes that dcd measures during training.',
    entries: named(TRAIN, perimeterLimit),
  },
  'maze/dcd-minigrid': {
    about:
      'The MiniGrid levels of dcd, where walls hide what is behind them, and its small perfect maze.',
    entries: () => [
      dcdFourRooms(),
      simpleCrossing(9, 1),
      simpleCrossing(9, 2),
      simpleCrossing(9, 3),
      simpleCrossing(11, 5),
      dcdPerfectMaze('PerfectMazeSmall', 9),
    ],
  },
}

export const SUITE_IDS: readonly string[] = Object.keys(SUITES)

/** @throws AgonError `suite/unknown` with the nearest id */
export function mazeSuite(id: string, options: SuiteOptions): Suite<MazeLevel> {
  if (!SUITE_IDS.includes(id)) throw unknownSuite(id, SUITE_IDS)
  const { about, entries } = SUITES[id]
  return { id, about, entries: entries(options) }
}
