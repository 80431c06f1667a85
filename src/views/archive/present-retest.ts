import type { Comparison } from '../../run/archive/compare-archives.ts'
import type { RetestedLevel, RetestFile } from '../../run/archive/retest-contract.ts'
import { formatScore, formatShare } from '../text/quantities.ts'
import { formatTable } from '../text/table.ts'
import { cellText, valuesText } from './present-archive.ts'

/** Of the best levels: what the archive promised, and what fresh attempts keep of it. */
export function retestLines(file: RetestFile, listed: number): readonly string[] {
  const { levels, archived, fresh, interval, above, surely, repeats, objective } = file
  if (archived === null || fresh === null) return ['no level was scored again']
  return [
    ...formatTable([
      ['policy', file.policy.name],
      ['levels', `${levels.length}, each ${repeats} times with fresh seeds`],
      ['archive said', `${formatScore(archived)} on average, the best of few attempts`],
      [`fresh ${objective}`, `${formatScore(fresh)}${intervalText(interval)}`],
      ['winner’s curse', formatScore(archived - fresh)],
      [
        'still above 0',
        `${formatShare(above ?? Number.NaN)}, beyond doubt ${formatShare(surely ?? Number.NaN)}`,
      ],
    ]),
    '',
    ...formatTable(
      [
        ['level', 'archive', 'fresh', '95 %', 'cell', 'made of'],
        ...levels.slice(0, listed).map((level) => row(file, level)),
      ],
      ['left', 'right', 'right'],
    ),
  ]
}

const row = ({ axes }: RetestFile, level: RetestedLevel): string[] => [
  level.id,
  formatScore(level.archived),
  formatScore(level.fresh ?? Number.NaN),
  intervalText(level.interval).trim(),
  cellText(axes, level.cell),
  valuesText(level.values),
]

const intervalText = (interval: readonly [number, number] | null): string =>
  interval === null ? '' : ` [${formatScore(interval[0])}, ${formatScore(interval[1])}]`

/** Where the second of two is worse, and where it is better. */
export function comparisonLines(comparison: Comparison, listed: number): readonly string[] {
  const { both, onlyFirst, onlySecond, meanDifference, objective, axes, of } = comparison
  const what = of === 'archives' ? 'cells' : 'levels'
  const worse = both.filter(({ first, second }) => second > first)
  const better = both.filter(({ first, second }) => second < first)
  const apart = both.filter((one) => one.apart === true).length
  const shown = [...worse.slice(0, listed), ...better.slice(-listed)]
  return [
    ...formatTable([
      [`${what} of both`, String(both.length)],
      ['of one alone', `${onlyFirst} of the first, ${onlySecond} of the second`],
      [`second − first`, formatScore(meanDifference ?? Number.NaN)],
      ['second worse', `in ${worse.length}`],
      ['second better', `in ${better.length}`],
      ...(of === 'retests' ? [['intervals apart', `in ${apart}`]] : []),
    ]),
    ...(shown.length === 0
      ? []
      : [
          '',
          ...formatTable(
            [
              [`${objective}:`, 'first', 'second', 'cell', 'level'],
              ...shown.map(({ first, second, cell, id }) => [
                signed(second - first),
                formatScore(first),
                formatScore(second),
                cellText(axes, cell),
                id,
              ]),
            ],
            ['right', 'right', 'right'],
          ),
        ]),
  ]
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${formatScore(value)}`
