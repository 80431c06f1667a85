import { mean } from '../../evaluation/stats.ts'
import { formatCount, formatDuration } from '../text/quantities.ts'
import { type Align, formatTable } from '../text/table.ts'
import type { Comparison, Estimate, Group } from './comparison.ts'

/** Levels of one suite that a terminal shows one by one. */
const MOST_ROWS = 24
/** Solved rates of the performance profiles that a terminal shows; each is one of its thresholds. */
const SHOWN_SHARES = [0, 0.5, 0.9]

/** The comparison as lines for a terminal: solved rates, or mean returns, per level, one column a group, then the aggregates. */
export function formatComparison(comparison: Comparison): readonly string[] {
  const { levels, of, groups, improvements, notes } = comparison
  const align: readonly Align[] = ['left', ...groups.map((): Align => 'right')]
  const perLevel = formatTable(
    [
      [of, ...groups.map(({ name }) => name)],
      ['seeds', ...groups.map(({ runs }) => String(runs.length))],
      ...levelRows(levels, groups),
    ],
    align,
  )
  const aggregates = formatTable(
    [
      ['over levels × seeds', ...groups.map(({ name }) => name)],
      row('mean', groups, ({ mean }) => withInterval(mean)),
      row('IQM', groups, ({ iqm }) => withInterval(iqm)),
      ...(of === 'solved rate'
        ? [
            row('optimality gap', groups, ({ optimalityGap }) =>
              optimalityGap === null ? '–' : withInterval(optimalityGap),
            ),
          ]
        : []),
      ...(groups.some(({ worstTenth }) => worstTenth !== null)
        ? [
            row('worst tenth of random levels', groups, ({ worstTenth }) =>
              worstTenth === null ? '–' : withInterval(worstTenth),
            ),
          ]
        : []),
      row('mean, untrained', groups, ({ untrainedMean }) => untrainedMean?.toFixed(3) ?? '–'),
      ...measureRows(groups),
    ],
    align,
  )
  const profiles = profileRows(groups)
  const shares = formatTable(
    [['share of levels × seeds solved', ...groups.map(({ name }) => name)], ...profiles],
    align,
  )
  const spent = formatTable(
    [
      ['a run took', ...groups.map(({ name }) => name)],
      row('env steps', groups, (group) => formatCount(group.spent.envSteps)),
      row('gradient updates', groups, (group) => formatCount(group.spent.gradientUpdates)),
      row('wall time', groups, ({ spent: { seconds } }) =>
        seconds === null ? '–' : formatDuration(seconds * 1000),
      ),
    ],
    align,
  )
  const better = improvements.map(
    ({ better, than, probability }) => `P(${better} > ${than})  ${withInterval(probability)}`,
  )
  const footer = [
    'In brackets: 95 % stratified bootstrap intervals over seeds.',
    ...notes.map((note) => `Note: ${note}.`),
  ]
  return [
    ...perLevel,
    '',
    ...aggregates,
    '',
    ...(profiles.length === 0 ? [] : [...shares, '']),
    ...spent,
    ...(better.length === 0 ? [] : ['', 'a run better than another on a level', ...better]),
    '',
    ...footer,
  ]
}

/** One row a level; of a suite with many levels their mean, which the JSON form gives one by one. */
function levelRows(levels: readonly string[], groups: readonly Group[]): string[][] {
  const suiteOf = (level: string) => level.slice(0, level.lastIndexOf('/'))
  const rows: string[][] = []
  for (const suite of new Set(levels.map(suiteOf))) {
    const members = levels.flatMap((level, index) => (suiteOf(level) === suite ? index : []))
    const rates = (at: readonly number[]) =>
      groups.map(({ scores }) => mean(at.map((index) => scores[index])).toFixed(3))
    if (members.length > MOST_ROWS)
      rows.push([`${suite} (mean of ${members.length} levels)`, ...rates(members)])
    else for (const index of members) rows.push([levels[index], ...rates([index])])
  }
  return rows
}

/** Of the performance profiles, which the page draws whole: how many are solved in more than such a part of the episodes. */
function profileRows(groups: readonly Group[]): string[][] {
  if (groups.every(({ profile }) => profile === null)) return []
  return SHOWN_SHARES.map((share) => {
    const label = share === 0 ? 'ever' : `in more than ${100 * share} % of episodes`
    return row(label, groups, ({ profile }) => {
      const at = profile?.thresholds.indexOf(share) ?? -1
      return profile === null || at < 0 ? '–' : profile.shares[at].toFixed(3)
    })
  })
}

/** Groups of one comparison have the same measures. */
const measureRows = (groups: readonly Group[]): string[][] =>
  (groups[0]?.measures ?? []).flatMap(({ name }, index) => [
    row(name, groups, ({ measures }) => withInterval(measures[index].mean)),
    row(
      `${name}, untrained`,
      groups,
      ({ measures }) => measures[index].untrainedMean?.toFixed(3) ?? '–',
    ),
  ])

const row = (name: string, groups: readonly Group[], of: (group: Group) => string): string[] => [
  name,
  ...groups.map(of),
]

function withInterval({ value, interval }: Estimate): string {
  if (interval === null) return value.toFixed(3)
  return `${value.toFixed(3)} [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]`
}
