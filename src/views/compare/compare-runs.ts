import { isDeepStrictEqual } from 'node:util'
import { AgonError } from '../../core/errors.ts'
import { stream } from '../../core/random.ts'
import type { Measure } from '../../envs/contract.ts'
import {
  aggregate,
  type Interval,
  mean,
  stratifiedBootstrapInterval,
} from '../../evaluation/stats.ts'
import type { StoredEvaluation } from '../../run/contract.ts'
import { commonMeasures } from './common-measures.ts'
import type { ComparedMeasure, Comparison, Estimate, Group, Spent } from './comparison.ts'
import { improvementsOf, profileOf, worstTenthOf } from './contrasts.ts'
import { curvesOf } from './curves.ts'
import { groupKey } from './group-key.ts'
import { type MeasuredRun, readMeasuredRun } from './read-measured-run.ts'

/**
 * Compares the final evaluations of runs, grouped by config, over the levels that all were measured on. The seed is
 * the unit of inference; intervals are stratified bootstraps (Agarwal et al., NeurIPS 2021).
 * @throws AgonError `compare/nothing` where no run was measured, `compare/levels` where no level is common
 */
export async function compareRuns(dirs: readonly string[]): Promise<Comparison> {
  const unique = [...new Set(dirs)]
  const read = await Promise.all(unique.map(readMeasuredRun))
  const unmeasured = unique.filter((_, index) => read[index].length === 0)
  const runs = read.flat()
  if (runs.length === 0)
    throw new AgonError('compare/nothing', 'none of these runs has a final evaluation', {
      remedy: 'let a run finish, or resume it with a budget that it can reach',
      fields: { dirs: unique },
    })
  return compareMeasured(
    runs,
    unmeasured.map((dir) => `${dir} has no final evaluation and is left out`),
  )
}

/** The comparison of runs already read. */
export function compareMeasured(
  runs: readonly MeasuredRun[],
  notes: readonly string[] = [],
): Comparison {
  const levels = commonLevels(runs)
  const byConfig = new Map<string, MeasuredRun[]>()
  for (const run of runs) {
    const key = groupKey(run.config, run.slot, run.init)
    byConfig.set(key, [...(byConfig.get(key) ?? []), run])
  }
  const names = distinctNames([...byConfig.values()].map(([run]) => nameOf(run)))
  const of = runs.some(({ final }) => final.solvedRate === null) ? 'mean return' : 'solved rate'
  const measures = commonMeasures(runs.map(({ final }) => final)).filter(
    ({ name }) => name !== 'mean_return',
  )
  const groups = [...byConfig.values()].map((members, index) =>
    groupOf(names[index], members, { levels, measures, of }),
  )
  return {
    levels,
    of,
    groups,
    improvements: improvementsOf(groups),
    notes: [...notes, ...warnings(runs, groups, levels, measures)],
  }
}

function groupOf(
  name: string,
  runs: readonly MeasuredRun[],
  {
    levels,
    measures,
    of,
  }: Pick<Comparison, 'levels' | 'of'> & { readonly measures: readonly Measure[] },
): Group {
  const scoreOf = of === 'solved rate' ? solvedRateOf : meanReturnOf
  const scores = runs.map(({ final }) => column(final, levels, scoreOf))
  const returns = runs.map(({ final }) => column(final, levels, meanReturnOf))
  const baselines = runs
    .flatMap(({ baseline }) => (baseline === null ? [] : [column(baseline, levels, scoreOf)]))
    .filter((rates) => rates.every(Number.isFinite))
  const total = aggregate(scores, (statistic) => stream(0, 'compare', name, statistic))
  const estimate = estimateOver(runs.length)
  return {
    name,
    runs: runs.map(({ dir, config, slot }, index) => ({
      dir,
      seed: config.seed,
      slot,
      scores: scores[index],
      spent: spentOf([runs[index]]),
    })),
    scores: levels.map((_, level) => mean(scores.map((run) => run[level]))),
    meanReturn: levels.map((_, level) => mean(returns.map((run) => run[level]))),
    mean: estimate(total.mean, total.meanInterval),
    iqm: estimate(total.iqm, total.iqmInterval),
    optimalityGap:
      of === 'solved rate' ? estimate(total.optimalityGap, total.optimalityGapInterval) : null,
    profile: of === 'solved rate' ? profileOf(name, scores) : null,
    worstTenth: of === 'solved rate' ? worstTenthOf(name, scores, levels) : null,
    spent: spentOf(runs),
    curves: curvesOf(runs),
    untrainedMean: baselines.length === runs.length ? mean(baselines.flat()) : null,
    measures: measures.map((measure) => comparedMeasure(name, measure, runs, levels)),
  }
}

function spentOf(runs: readonly MeasuredRun[]): Spent {
  const last = runs.flatMap(({ rows }) => rows.at(-1) ?? [])
  const seconds = runs.flatMap((run) => run.seconds ?? [])
  return {
    envSteps: mean(last.map((row) => row.env_steps)),
    gradientUpdates: mean(last.map((row) => row.gradient_updates)),
    seconds: seconds.length === runs.length ? mean(seconds) : null,
  }
}

function comparedMeasure(
  group: string,
  { name, better }: Measure,
  runs: readonly MeasuredRun[],
  levels: readonly string[],
): ComparedMeasure {
  const of = ({ measures }: Level) => measures?.[name]?.value ?? Number.NaN
  const scores = runs.map(({ final }) => column(final, levels, of))
  const baselines = runs.map(({ baseline }) =>
    baseline === null ? [Number.NaN] : column(baseline, levels, of),
  )
  const untrained = mean(baselines.flat())
  const random = stream(0, 'compare', group, 'measure', name)
  const interval = stratifiedBootstrapInterval(scores, mean, random)
  return {
    name,
    better,
    levels: levels.map((_, level) => mean(scores.map((run) => run[level]))),
    mean: estimateOver(runs.length)(mean(scores.flat()), interval),
    untrainedMean: Number.isFinite(untrained) ? untrained : null,
  }
}

const estimateOver =
  (seeds: number) =>
  (value: number, interval: Interval): Estimate => ({
    value,
    interval: seeds > 1 ? interval : null,
  })

type Level = StoredEvaluation['levels'][number]
const solvedRateOf = ({ solvedRate }: Level): number => solvedRate ?? Number.NaN
const meanReturnOf = ({ meanReturn }: Level): number => meanReturn

/** One number a level of a stored evaluation; NaN where it has no such level. */
function column(
  stored: StoredEvaluation,
  levels: readonly string[],
  of: (level: Level) => number,
): number[] {
  const byName = new Map(byLevel(stored).map(([name, level]) => [name, of(level)]))
  return levels.map((name) => byName.get(name) ?? Number.NaN)
}

/** Levels by a name that says their suite, whether one suite was measured or several. */
function byLevel(stored: StoredEvaluation): (readonly [string, StoredEvaluation['levels'][0]])[] {
  const alone = !stored.suite.includes('+')
  return stored.levels.map((level) => [alone ? `${stored.suite}/${level.name}` : level.name, level])
}

function commonLevels(runs: readonly MeasuredRun[]): string[] {
  const named = runs.map(({ final }) => byLevel(final).map(([name]) => name))
  const sets = named.map((names) => new Set(names))
  const common = named[0].filter((name) => sets.every((set) => set.has(name)))
  if (common.length === 0)
    throw new AgonError('compare/levels', 'no level was measured in all of these runs', {
      remedy: 'compare runs with the same evaluation.final.suite',
      fields: { suites: [...new Set(runs.map(({ final }) => final.suite))] },
    })
  return common
}

const nameOf = ({ config, slot, shared }: MeasuredRun): string =>
  shared ? `${config.name}:${slot}` : config.name

/** Two configs with one name are told apart by a number. */
function distinctNames(names: readonly string[]): string[] {
  return names.map((name, index) => {
    if (names.filter((other) => other === name).length === 1) return name
    return `${name} #${names.slice(0, index + 1).filter((other) => other === name).length}`
  })
}

function warnings(
  runs: readonly MeasuredRun[],
  groups: readonly Group[],
  levels: readonly string[],
  measures: readonly Measure[],
): string[] {
  const notes: string[] = []
  const most = Math.max(...runs.map(({ final }) => final.levels.length))
  if (most > levels.length)
    notes.push(
      `levels compared, because all runs were measured on them: ${levels.length} of ${most}`,
    )
  const named = new Set(runs.flatMap(({ final }) => final.measures?.map(({ name }) => name) ?? []))
  const dropped = [...named].filter((name) => !measures.some((measure) => measure.name === name))
  if (dropped.length > 0)
    notes.push(
      `measures left out, because not all runs have them or count them alike: ${dropped.sort().join(', ')}`,
    )
  const differing = (what: string, of: (run: MeasuredRun) => unknown) => {
    const values = new Set(runs.map(of))
    if (values.size > 1) notes.push(`runs differ in ${what}: ${[...values].join(', ')}`)
  }
  differing('episodes per level', ({ final }) => final.episodes)
  differing('the seed of their evaluation', ({ final }) => final.seed)
  const measuredIn = runs.map(({ config: { env, evaluation } }) => ({
    id: env.id,
    options: evaluation.env ?? env.options,
  }))
  if (measuredIn.some((other) => !isDeepStrictEqual(other, measuredIn[0])))
    notes.push(
      'runs were measured with other options of the environment: levels of one name may differ',
    )
  for (const { name, runs: members } of groups) {
    const seeds = members.map(({ seed }) => seed)
    if (new Set(seeds).size < seeds.length)
      notes.push(`${name} has the same seed twice: its intervals are too narrow`)
    if (members.length === 1) notes.push(`${name} has one seed: there is no interval over seeds`)
  }
  return notes
}
