import type { Axis } from '../../adversaries/grid/contract.ts'
import { AgonError } from '../../core/errors.ts'
import type { ArchiveFile } from './contract.ts'
import type { RetestFile } from './retest-contract.ts'

/** A cell or level of both, as they stand in the first and in the second. */
export interface Difference {
  /** Of the level in the second archive, or of both retests. */
  readonly id: string
  readonly cell: readonly number[]
  readonly first: number
  readonly second: number
  /** Of retests: whether the intervals of the two are apart. */
  readonly apart?: boolean
}

/** Two archives on the same axes, or two retests of one archive. */
export interface Comparison {
  readonly of: 'archives' | 'retests'
  readonly objective: string
  readonly axes: readonly Axis[]
  /** In falling order of how much worse the second is: where its objective is higher. */
  readonly both: readonly Difference[]
  /** Cells or levels that one of the two alone has. */
  readonly onlyFirst: number
  readonly onlySecond: number
  /** Mean of second − first over what both have; null where that is nothing. */
  readonly meanDifference: number | null
}

/** @throws AgonError `stress/different` for other axes or another objective */
export function compareArchives(first: ArchiveFile, second: ArchiveFile): Comparison {
  checkSame(first, second)
  const before = new Map(first.elites.map((elite) => [elite.cell.join(), elite]))
  const both = second.elites.flatMap(({ id, cell, objective }): Difference[] => {
    const found = before.get(cell.join())
    return found === undefined ? [] : [{ id, cell, first: found.objective, second: objective }]
  })
  return compared('archives', first, both, first.elites.length, second.elites.length)
}

/** @throws AgonError `stress/different` where they have no level in common either */
export function compareRetests(first: RetestFile, second: RetestFile): Comparison {
  checkSame(first, second)
  const before = new Map(first.levels.map((level) => [level.id, level]))
  const both = second.levels.flatMap((level): Difference[] => {
    const found = before.get(level.id)
    if (found === undefined || found.fresh === null || level.fresh === null) return []
    if (found.cell.join() !== level.cell.join()) return []
    const [a, b] = [found.interval, level.interval]
    const apart = a !== null && b !== null && (a[1] < b[0] || b[1] < a[0])
    return [{ id: level.id, cell: level.cell, first: found.fresh, second: level.fresh, apart }]
  })
  if (both.length === 0) throw different('they have no level in common')
  return compared('retests', first, both, first.levels.length, second.levels.length)
}

type Searched = Pick<ArchiveFile, 'objective' | 'axes'>

function compared(
  of: Comparison['of'],
  { objective, axes }: Searched,
  both: readonly Difference[],
  inFirst: number,
  inSecond: number,
): Comparison {
  const sum = both.reduce((total, { first, second }) => total + second - first, 0)
  return {
    ...{ of, objective, axes },
    both: both.toSorted((a, b) => b.second - b.first - (a.second - a.first)),
    onlyFirst: inFirst - both.length,
    onlySecond: inSecond - both.length,
    meanDifference: both.length === 0 ? null : sum / both.length,
  }
}

function checkSame(first: Searched, second: Searched): void {
  if (first.objective !== second.objective)
    throw different(`one is of ${first.objective}, the other of ${second.objective}`)
  if (JSON.stringify(first.axes) !== JSON.stringify(second.axes))
    throw different('their grids have other axes')
}

const different = (why: string): AgonError =>
  new AgonError('stress/different', `these cannot be compared: ${why}`, {
    remedy:
      'give two stress tests of one environment with the same axes and signal, or two retests of one archive',
  })
