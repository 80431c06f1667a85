/** One line of a bench table. */
export interface BenchRow {
  readonly name: string
  readonly unit: string
  readonly value: number
  /** The least that is accepted. */
  readonly bar?: number
  /** The most that is accepted. */
  readonly limit?: number
  /** Why it could not be measured here. */
  readonly skipped?: string
}

export type Verdict = 'ok' | 'missed' | 'skipped' | ''

export function verdict({ value, bar, limit, skipped }: BenchRow): Verdict {
  if (skipped !== undefined) return 'skipped'
  if (bar === undefined && limit === undefined) return ''
  return value >= (bar ?? Number.NEGATIVE_INFINITY) && value <= (limit ?? Number.POSITIVE_INFINITY)
    ? 'ok'
    : 'missed'
}
