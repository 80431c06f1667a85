import type { Axis } from '../../adversaries/grid/contract.ts'
import type { ArchiveElite, ArchiveFile } from '../../run/archive/contract.ts'
import { formatCount, formatScore, formatShare } from '../text/quantities.ts'
import { formatTable } from '../text/table.ts'

/** Elites in falling order of what they are worth; of equals those of earlier cells first. */
export const ranked = ({ elites }: Pick<ArchiveFile, 'elites'>): readonly ArchiveElite[] =>
  elites.toSorted((a, b) => b.objective - a.objective)

/** What a search found, and its best `top` as a table. */
export function archiveLines(file: ArchiveFile, top: number): readonly string[] {
  const { attempts, scored, filled, cells, coverage, mean, max, objective } = file
  const facts = formatTable([
    ['candidates', `${formatCount(attempts)}, of which ${formatCount(scored)} were scored`],
    ['coverage', `${filled} of ${cells} cells, ${formatShare(coverage)}`],
    ...(mean === null || max === null
      ? []
      : [[objective, `mean ${formatScore(mean)}, highest ${formatScore(max)}`]]),
  ])
  const best = ranked(file).slice(0, top)
  if (best.length === 0) return facts
  const axes = file.axes.map(({ name }) => name)
  return [
    ...facts,
    '',
    ...formatTable(
      [
        ['', objective, ...axes, 'made of', 'level'],
        ...best.map((elite, i) => [
          String(i + 1),
          formatScore(elite.objective),
          ...axes.map((name) => placeText(elite.descriptor[name])),
          valuesText(elite.values),
          elite.id,
        ]),
      ],
      ['right', 'right', ...axes.map((): 'right' => 'right')],
    ),
  ]
}

const placeText = (at: number | string | undefined): string =>
  typeof at === 'number' ? String(Number(at.toPrecision(3))) : (at ?? '')

export const valuesText = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${formatScore(value)}`)
    .join(', ')

/** A cell for people: `n_walls 17 … 26, min_actions 30 … 36`. */
export function cellText(axes: readonly Axis[], cell: readonly number[]): string {
  return axes
    .map((axis, i) => {
      if (axis.kind === 'category') return `${axis.name} ${axis.values[cell[i]]}`
      const width = (axis.high - axis.low) / axis.bins
      const edge = (bin: number): string => placeText(axis.low + bin * width)
      return `${axis.name} ${edge(cell[i])} … ${edge(cell[i] + 1)}`
    })
    .join(', ')
}
