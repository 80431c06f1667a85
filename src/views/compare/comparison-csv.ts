import { formatCsv } from '../text/csv.ts'
import type { Comparison } from './comparison.ts'

const COLUMNS = ['group', 'slot', 'seed', 'run', 'level', 'score'] as const
const SPENT = ['env_steps', 'gradient_updates', 'seconds'] as const

/**
 * The numbers behind a comparison, one line for each run and level, for statistics of one's own. `score` is named after
 * what is compared: `solved_rate` or `mean_return`. Behind it stands what the run took, the same in each of its lines. RFC 4180, with a line feed after every line.
 */
export function comparisonToCsv({ of, levels, groups }: Comparison): string {
  const header = COLUMNS.map((name) => (name === 'score' ? of.replace(' ', '_') : name))
  const rows = groups.flatMap(({ name, runs }) =>
    runs.flatMap(({ slot, seed, dir, scores, spent }) => {
      const took = [spent.envSteps, spent.gradientUpdates, spent.seconds ?? '']
      return levels.map((level, index) =>
        [name, slot, seed, dir, level, scores[index], ...took].map(String),
      )
    }),
  )
  return formatCsv([[...header, ...SPENT], ...rows])
}
