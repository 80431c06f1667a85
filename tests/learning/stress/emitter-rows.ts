import type { HistoryLine } from './searches.ts'

/** What became of the candidates of one source. */
export interface EmitterRow {
  readonly emitter: string
  readonly attempts: number
  /** Shares of the attempts. */
  readonly fresh: number
  readonly better: number
  readonly kept: number
  /** Mean regret. */
  readonly value: number
}

/** Of all searches together: `initial` beside all emitters of a kind. */
export function emitterRows(searches: readonly (readonly HistoryLine[])[]): readonly EmitterRow[] {
  const byKind = new Map<string, HistoryLine[]>()
  for (const line of searches.flat()) {
    const kind = line.emitter.split('/')[0]
    const lines = byKind.get(kind) ?? []
    lines.push(line)
    byKind.set(kind, lines)
  }
  return [...byKind].map(([emitter, lines]) => {
    const share = (status: string): number =>
      lines.filter((line) => line.status === status).length / lines.length
    const scored = lines.flatMap(({ objective }) => objective ?? [])
    return {
      ...{ emitter, attempts: lines.length },
      ...{ fresh: share('new'), better: share('better'), kept: share('kept-out') },
      value: scored.reduce((sum, one) => sum + one, 0) / scored.length,
    }
  })
}
