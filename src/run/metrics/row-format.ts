import { AgonError } from '../../core/errors.ts'
import type { MetricsRow, TimingsRow } from '../contract.ts'

const METRICS_FIRST = ['cycle', 'gradient_updates', 'env_steps']
const TIMINGS_FIRST = ['cycle', 'epoch']

/** One canonical line of `metrics.jsonl` without its newline: equal rows give equal bytes, whatever their key order. */
export function formatMetricsRow(row: MetricsRow): string {
  return formatRow(row, METRICS_FIRST)
}

/** One line of `timings.jsonl` without its newline. */
export function formatTimingsRow(row: TimingsRow): string {
  return formatRow(row, TIMINGS_FIRST)
}

/**
 * @throws AgonError `metrics/not-finite` naming the key: JSON has no NaN, and a silent `null` would hide what went wrong
 * @throws AgonError `metrics/counter` where one of the leading counters is missing or no integer ≥ 0
 */
function formatRow(row: Readonly<Record<string, number>>, first: readonly string[]): string {
  for (const key of first)
    if (!Number.isSafeInteger(row[key]) || row[key] < 0)
      throw new AgonError('metrics/counter', `a row needs an integer ≥ 0 under ${key}`, {
        place: key,
        fields: { key, value: String(row[key]) },
      })
  const rest = Object.keys(row)
    .filter((key) => !first.includes(key))
    .sort()
  const parts = [...first, ...rest].map((key) => {
    if (!Number.isFinite(row[key]))
      throw new AgonError('metrics/not-finite', `${key} is ${row[key]} in cycle ${row.cycle}`, {
        remedy: 'leave out a metric that has no value',
        place: key,
        fields: { key, cycle: row.cycle },
      })
    return `${JSON.stringify(key)}:${JSON.stringify(row[key])}`
  })
  return `{${parts.join(',')}}`
}

/** The cycle of a canonical line, read off its first key without parsing the rest; null if it is no such line. */
export function cycleOfLine(line: string): number | null {
  const match = /^\{"cycle":(\d+)[,}]/.exec(line)
  return match === null ? null : Number(match[1])
}
