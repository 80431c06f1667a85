import type { SteppableEnvironment } from '../contract.ts'
import { joinProbes } from '../join-probes.ts'
import { drawLevel, type MazeLevel } from '../maze/index.ts'
import { decodeState } from '../maze/lane-state.ts'
import { overlapProbes } from '../overlap-probes.ts'
import type { HiddenEnvironment } from '../posterior-probe.ts'
import { posteriorProbes } from '../posterior-probes.ts'
import { type Mark, type MarkedMaze, markedSpace } from './marked-maze.ts'
import { type MarkedRules, MarkedVectorEnv } from './marked-vector.ts'
import { mixSuites } from './mix-suites.ts'

export interface Mix {
  readonly id: string
  readonly mazes: SteppableEnvironment<MazeLevel>
  readonly view: number
  readonly mark: Mark
  readonly rules: MarkedRules
  /** Of the suite of marked levels. */
  readonly suite: { readonly suite: string; readonly entry: string; readonly about: string }
  readonly returnRange: readonly [number, number]
  /** Draws anew what a marked level hides. */
  resample: HiddenEnvironment<MazeLevel>['resample']
}

/** The maze with some of its levels under a mark. */
export function mixEnvironment(of: Mix): HiddenEnvironment<MarkedMaze> {
  const { id, mazes, mark, rules, view, returnRange } = of
  const made: HiddenEnvironment<MarkedMaze> = {
    spec: { ...mazes.spec, id },
    levels: markedSpace(mazes.levels, mark),
    vector: (options) => new MarkedVectorEnv(mazes, rules, options),
    ...mixSuites(id, of.suite, mazes, mark),
    solvedAbove: 0,
    givesFinals: true,
    returnRange,
    resample: (level, stream) =>
      level.marked ? { marked: true, maze: of.resample(level.maze, stream) } : level,
    ...joinProbes(
      id,
      overlapProbes(() => made),
      posteriorProbes(() => made),
    ),
    drawState(state) {
      const { level, cell, direction } = decodeState(state.subarray(2))
      return drawLevel(level, { cell, direction, view })
    },
  }
  return made
}
