/** One line of a bench table. */
export interface BenchRow {
  readonly name: string
  readonly unit: string
  readonly value: number
  /** The least that is accepted. */
  readonly bar?: number
  /** The most that is accepted. */
  readonly limit?: number
}

export function verdict({ value, bar, limit }: BenchRow): 'ok' | 'missed' | '' {
  if (bar === undefined && limit === undefined) return ''
  return value >= (bar ?? Number.NEGATIVE_INFINITY) && value <= (limit ?? Number.POSITIVE_INFINITY)
    ? 'ok'
    : 'missed'
}
