import { basename } from 'node:path'
import { cellOf } from '../../../adversaries/grid/axes.ts'
import type { Attempt, EliteGrid, GridSpec } from '../../../adversaries/grid/contract.ts'
import { indicesOf } from '../../../adversaries/grid/elite-grid.ts'
import { gridOf } from '../../../adversaries/grid/insertion.ts'
import { gridFigures } from '../../../adversaries/grid/metrics.ts'
import type { AheadCell, BesideRandom } from './contract.ts'

type Row = Omit<Attempt, 'status'>

/** Fewer say nothing. */
const FEWEST = 10
const SHOWN = 8

/** Names of what levels of the generator are made by. */
const GENERATED: ReadonlySet<string> = new Set(['generate'])

/**
 * A search beside the random levels among its own attempts: as many of the one as of the other, the first of each. Null where
 * there are too few of either.
 */
export function besideOwnRandom(spec: GridSpec, rows: readonly Row[]): BesideRandom | null {
  const random = rows.filter(({ operator }) => GENERATED.has(operator))
  const searched = rows.filter(({ operator }) => !GENERATED.has(operator))
  return besideRandom(spec, searched, random, 'the random levels among its own attempts')
}

/** Beside the attempts of another run, put into the cells of this search by what they say of its axes. */
export function besideRun(
  spec: GridSpec,
  rows: readonly Row[],
  run: string,
  others: readonly Row[],
): BesideRandom | null {
  const random = others.map((row) => ({ ...row, cell: cellOf(spec.axes, row.descriptor) }))
  return besideRandom(spec, rows, random, `the attempts of ${basename(run)}`)
}

/** @param told what the random levels are */
export function besideRandom(
  spec: GridSpec,
  searched: readonly Row[],
  random: readonly Row[],
  told: string,
): BesideRandom | null {
  const attempts = Math.min(searched.length, random.length)
  if (attempts < FEWEST) return null
  const [own, other] = [searched, random].map((rows) => gridOf(spec.axes, rows.slice(0, attempts)))
  const cells = Array.from({ length: own.objectives.length }, (_, cell) => cell)
  const has = (grid: EliteGrid, cell: number): boolean => grid.elites[cell] !== undefined
  const both = cells.filter((cell) => has(own, cell) && has(other, cell))
  const ahead = (cell: number): number => own.objectives[cell] - other.objectives[cell]
  return {
    ...{ random: told, attempts },
    searched: gridFigures(own, spec.offset),
    randomly: gridFigures(other, spec.offset),
    only: {
      searched: cells.filter((cell) => has(own, cell) && !has(other, cell)).length,
      randomly: cells.filter((cell) => has(other, cell) && !has(own, cell)).length,
    },
    better: both.filter((cell) => ahead(cell) > 0).length,
    worse: both.filter((cell) => ahead(cell) < 0).length,
    ahead: cells
      .filter((cell) => has(own, cell) && ahead(cell) > 0)
      .sort((a, b) => gain(own, other, b) - gain(own, other, a) || a - b)
      .slice(0, SHOWN)
      .map((cell) => aheadCell(own, other, cell)),
  }
}

/** Over the best that random levels gave in the cell, or anywhere where they gave none there. */
function gain(own: EliteGrid, other: EliteGrid, cell: number): number {
  const there = other.objectives[cell]
  const best = there === Number.NEGATIVE_INFINITY ? Math.max(...other.objectives) : there
  return own.objectives[cell] - best
}

function aheadCell(own: EliteGrid, other: EliteGrid, cell: number): AheadCell {
  return {
    cell: indicesOf(own, cell),
    id: own.elites[cell]?.id ?? '',
    searched: own.objectives[cell],
    randomly: other.elites[cell]?.objective ?? null,
  }
}
