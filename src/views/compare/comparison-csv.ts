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
  return [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\n`).join('')
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe. */
function cell(text: string): string {
  const harmless = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
