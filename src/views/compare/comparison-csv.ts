import { formatCsv } from '../text/csv.ts'
import type { Comparison } from './comparison.ts'

const COLUMNS = ['group', 'slot', 'seed', 'run', 'level', 'score'] as const

/**
 * The numbers behind a comparison, one line for each run and level, for statistics of one's own. `score` is named after
 * what is compared: `solved_rate` or `mean_return`. RFC 4180, with a line feed after every line.
 */
export function comparisonToCsv({ of, levels, groups }: Comparison): string {
  const header = COLUMNS.map((name) => (name === 'score' ? of.replace(' ', '_') : name))
  const rows = groups.flatMap(({ name, runs }) =>
    runs.flatMap(({ slot, seed, dir, scores }) =>
      levels.map((level, index) => [name, slot, String(seed), dir, level, String(scores[index])]),
    ),
  )
  return formatCsv([header, ...rows])
}
