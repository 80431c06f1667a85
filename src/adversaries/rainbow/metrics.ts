import type { Metrics } from '../../learners/contract.ts'
import type { Attempt, EliteGrid } from '../grid/contract.ts'
import { indicesOf } from '../grid/elite-grid.ts'
import { gridMetrics } from '../grid/metrics.ts'
import { selfBleu } from './bleu.ts'
import type { Pending, RainbowRecord } from './contract.ts'
import type { RainbowSearch } from './search.ts'

/** How far the archive is filled and spread, how the search moves, and how far its judge can be trusted. */
export function rainbowMetrics<L>(
  search: RainbowSearch<L>,
  record: RainbowRecord,
  { cycle, candidates }: Pending,
  attempts: readonly Attempt[],
): Metrics {
  const { grid, counts } = record
  const { options, spec } = search
  const attempted = candidates.filter(({ slot }) => slot !== null)
  const fitness = attempted.flatMap((one) => one.fitness ?? [])
  const measures = options.diversityEvery > 0 && cycle % options.diversityEvery === 0
  const alike = measures ? selfBleu(elitePrompts(search, grid), options.filter) : null
  return {
    ...gridMetrics(grid, spec.offset, ''),
    ...present('grid_qd_share', gridMetrics(grid, 0, '').grid_qd_score / grid.objectives.length),
    ...{ candidates: record.candidates, archive_updates: counts.updates },
    ...{ new_cells: attempts.filter(({ status }) => status === 'new').length },
    ...{ replaced_cells: attempts.filter(({ status }) => status === 'better').length },
    ...present('fitness_mean', mean(fitness)),
    ...present('filtered_rate', counts.filtered / record.candidates),
    ...present('unusable_rate', counts.unusable / record.candidates),
    ...present('invalid_rate', counts.invalid / record.candidates),
    ...judgeHealth(counts),
    ...entropies(grid),
    ...(alike === null ? {} : { self_bleu: alike }),
  }
}

/** Shares over the whole search; absent where nothing was compared. */
export const judgeHealth = ({
  comparisons,
  ties,
  votes,
  abstained,
  pairs,
  flips,
}: RainbowRecord['counts']): Metrics => ({
  ...present('judge_order_flip_rate', flips / pairs),
  ...present('judge_tie_rate', ties / comparisons),
  ...present('judge_abstain_rate', abstained / votes),
})

/** Of the elites along each axis: 0 where all are in one bin, 1 where all bins have as many. */
export function entropies(grid: EliteGrid): Metrics {
  const places = grid.filled.map((cell) => indicesOf(grid, cell))
  return Object.fromEntries(
    grid.axes.flatMap(({ name }, axis) => {
      const counts = new Array<number>(grid.shape[axis]).fill(0)
      for (const place of places) counts[place[axis]] += 1
      if (places.length === 0 || counts.length < 2) return []
      const entropy = counts.reduce((sum, count) => {
        const share = count / places.length
        return count === 0 ? sum : sum - share * Math.log(share)
      }, 0)
      return [
        [
          `entropy_${name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()}`,
          entropy / Math.log(counts.length),
        ],
      ]
    }),
  )
}

export const elitePrompts = <L>(
  { context, prompts }: RainbowSearch<L>,
  { filled, elites }: EliteGrid,
): readonly string[] =>
  filled.map((cell) => prompts.text(context.levels.decode(elites[cell]!.level)))

const present = (name: string, value: number): Metrics =>
  Number.isFinite(value) ? { [name]: value } : {}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
