import { stream } from 'agon/core'
import { type Aggregate, aggregate, type Interval, probabilityOfImprovement } from 'agon/evaluation'
import { type Level, mean } from '../train.ts'
import type { Block, Family } from './families.ts'
import type { Result } from './results.ts'

export interface Summary {
  readonly group: string
  readonly seeds: readonly number[]
  /** Means over the seeds. */
  readonly envSteps: number
  readonly gradientUpdates: number
  readonly seconds: number
  /** Over seeds × levels, in the order of the family's blocks. */
  readonly blocks: readonly BlockSummary[]
}

export interface BlockSummary extends Pick<Aggregate, 'mean' | 'iqm'> {
  readonly prefix: string
  /** 95 %, stratified by level; null for a single seed. */
  readonly meanInterval: Interval | null
  readonly iqmInterval: Interval | null
  /** Mean before the first update; null where it was not measured. */
  readonly untrained: number | null
  /** Probability that a run of the group beats one of its baseline on a level of the block; null where there is none. */
  readonly over: { readonly value: number; readonly interval: Interval } | null
}

export function summaries(family: Family, results: readonly Result[]): Summary[] {
  const groups = [...new Set(results.map(({ group }) => group))]
  const of = (group: string): Result[] => results.filter((result) => result.group === group)
  return groups.map((group) => {
    const runs = of(group)
    const over = (value: (run: Result) => number): number => mean(runs.map(value))
    return {
      group,
      seeds: runs.map(({ seed }) => seed),
      envSteps: over((run) => run.envSteps),
      gradientUpdates: over((run) => run.gradientUpdates),
      seconds: over((run) => run.seconds),
      blocks: family.blocks.map((block) =>
        blockSummary(family, block, group, runs, of(family.baseline(group) ?? '')),
      ),
    }
  })
}

function blockSummary(
  { score }: Family,
  { prefix }: Block,
  group: string,
  runs: readonly Result[],
  baseline: readonly Result[],
): BlockSummary {
  const column = (levels: readonly Level[]): number[] =>
    levels.filter(({ name }) => name.startsWith(prefix)).map((level) => level[score])
  const scores = runs.map(({ levels }) => column(levels))
  const random = (statistic: string) => stream('evidence', prefix, group, statistic)
  const total = aggregate(scores, random)
  const single = runs.length < 2
  const untrained = runs.flatMap((run) => column(run.untrained))
  const others = baseline.map(({ levels }) => column(levels))
  return {
    prefix,
    mean: total.mean,
    meanInterval: single ? null : total.meanInterval,
    iqm: total.iqm,
    iqmInterval: single ? null : total.iqmInterval,
    untrained: untrained.length === 0 ? null : mean(untrained),
    over: others.length === 0 ? null : probabilityOfImprovement(scores, others, random('over')),
  }
}
