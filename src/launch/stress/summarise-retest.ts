import { mean } from '../../evaluation/stats.ts'
import type { RetestedLevel, RetestFile } from '../../run/archive/retest-contract.ts'

/** Of a standard normal, two-sided 95 %. */
const Z = 1.959964

/** The mean of independent values, within 95 % by the normal approximation. */
export function meanInterval(values: readonly number[]): readonly [number, number] | null {
  if (values.length < 2) return null
  const centre = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  const half = Z * Math.sqrt(variance / (values.length - 1) / values.length)
  return [centre - half, centre + half]
}

/** What came of one level: an objective and its parts for each repeat that was scored. */
export interface Repeat {
  readonly objective: number
  readonly values: Readonly<Record<string, number>>
}

export function retestedLevel(
  of: Pick<RetestedLevel, 'id' | 'cell' | 'archived'>,
  repeats: readonly Repeat[],
): RetestedLevel {
  const objectives = repeats.map(({ objective }) => objective)
  const names = [...new Set(repeats.flatMap(({ values }) => Object.keys(values)))].sort()
  return {
    ...of,
    fresh: objectives.length === 0 ? null : mean(objectives),
    interval: meanInterval(objectives),
    scored: objectives.length,
    values: Object.fromEntries(
      names.map((name) => [name, mean(repeats.flatMap(({ values }) => values[name] ?? []))]),
    ),
  }
}

/** Of all levels together: how much of what the archive promised is left. */
export function retestTotals(
  levels: readonly RetestedLevel[],
): Pick<RetestFile, 'archived' | 'fresh' | 'interval' | 'above' | 'surely'> {
  const scored = levels.filter(({ fresh }) => fresh !== null)
  if (scored.length === 0)
    return { archived: null, fresh: null, interval: null, above: null, surely: null }
  const fresh = scored.map((level) => level.fresh ?? 0)
  const share = (which: (level: RetestedLevel) => boolean): number =>
    scored.filter(which).length / scored.length
  return {
    archived: mean(scored.map(({ archived }) => archived)),
    fresh: mean(fresh),
    interval: meanInterval(fresh),
    above: share((level) => (level.fresh ?? 0) > 0),
    surely: share(({ interval }) => interval !== null && interval[0] > 0),
  }
}
