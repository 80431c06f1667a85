import { stream } from '../../core/random.ts'
import type { Measured as MeasuredValue, MeasureResult } from '../../evaluation/contract.ts'
import { measuredInAll } from '../../evaluation/measures.ts'
import { bootstrapInterval, mean } from '../../evaluation/stats.ts'
import { wilsonInterval } from '../../evaluation/wilson.ts'
import type { StoredEvaluation } from '../../run/contract.ts'

type Level = StoredEvaluation['levels'][number]

/** The levels of one suite of an evaluation, final beside untrained. */
export interface SuiteTable {
  readonly suite: string
  readonly episodes: number
  /** Whether levels are told by their solved rate; by their mean return where nothing can be solved. */
  readonly solvable: boolean
  /** The ends that bars are drawn between: those of a share, or of the returns that stand here. */
  readonly axis: readonly [number, number]
  /** Mean over the suite's levels, with its bootstrap interval over them. */
  readonly final: Measured | null
  readonly baseline: Measured | null
  /** The environment's, those of the final measurement where there is one. */
  readonly measures: readonly MeasureRow[]
  readonly rows: readonly LevelRow[]
}

export type MeasureRow = Pick<MeasureResult, 'name' | 'about' | 'better' | 'of' | 'above'> & {
  readonly final: MeasuredValue | null
  readonly baseline: MeasuredValue | null
}

export interface LevelRow {
  readonly name: string
  readonly final: MeasuredLevel | null
  readonly baseline: MeasuredLevel | null
}

/** A solved rate, or a mean return. */
export interface Measured {
  readonly value: number
  /** 95 %. */
  readonly interval: readonly [number, number]
}

export interface MeasuredLevel extends Measured {
  readonly episodes: number
  readonly meanReturn: number
  readonly meanLength: number
  readonly measures: Readonly<Record<string, MeasuredValue>>
}

/** One table a suite of the slot's evaluations, in the order of the suites. */
export function suiteTables(measured: {
  readonly baseline?: StoredEvaluation
  readonly final?: StoredEvaluation
}): SuiteTable[] {
  const { baseline, final } = measured
  const shown = final ?? baseline
  if (shown === undefined) return []
  const suites = shown.suite.split('+').map((suite) => suite.trim())
  return suites.map((suite) => {
    const of = (stored?: StoredEvaluation) => (stored ? levelsOf(stored, suite, suites) : [])
    const finals = of(final)
    const baselines = of(baseline)
    const before = new Map(baselines.map((level) => [level.name, level]))
    const names = (final === undefined ? baselines : finals).map(({ name }) => name)
    const after = new Map(finals.map((level) => [level.name, level]))
    const solvable = shown.solvedRate !== null
    const keys = { suite, seed: shown.seed, solvable }
    const rows = names.map((name) => ({
      name: shortName(name, suite),
      final: measuredLevel(after.get(name), keys),
      baseline: measuredLevel(before.get(name), keys),
    }))
    return {
      suite,
      episodes: shown.episodes,
      solvable,
      axis: solvable ? [0, 1] : axisOf(rows),
      final: summarise(finals, keys),
      baseline: summarise(baselines, keys),
      measures: measureRows(shown, { suite, finals, baselines }),
      rows,
    }
  })
}

/** With several suites, an evaluation writes `<suite>/<level>`. */
function levelsOf(stored: StoredEvaluation, suite: string, suites: readonly string[]): Level[] {
  if (suites.length === 1) return [...stored.levels]
  return stored.levels.filter(({ name }) => name.startsWith(`${suite}/`))
}

const shortName = (name: string, suite: string): string =>
  name.startsWith(`${suite}/`) ? name.slice(suite.length + 1) : name

interface Keys {
  readonly suite: string
  readonly seed: number
  readonly solvable: boolean
}

function summarise(levels: readonly Level[], { suite, seed, solvable }: Keys): Measured | null {
  if (levels.length === 0) return null
  const values = levels.map(({ solvedRate, meanReturn }) =>
    solvable ? (solvedRate ?? 0) : meanReturn,
  )
  const random = stream(seed, 'evaluation', suite, 'bootstrap')
  return { value: mean(values), interval: bootstrapInterval(values, mean, random) }
}

/** From 0, or from the least return, to the greatest. */
function axisOf(rows: readonly LevelRow[]): [number, number] {
  const shown = rows.flatMap(({ final, baseline }) =>
    [final, baseline].filter((one) => one !== null),
  )
  const ends = shown.flatMap(({ value, interval }) => [value, ...interval])
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)]
  return high > low ? [low, high] : [0, 1]
}

function measureRows(
  { measures = [], seed }: StoredEvaluation,
  {
    suite,
    finals,
    baselines,
  }: {
    readonly suite: string
    readonly finals: readonly Level[]
    readonly baselines: readonly Level[]
  },
): MeasureRow[] {
  const over = (levels: readonly Level[], measure: MeasureResult): MeasuredValue | null => {
    if (levels.length === 0 || !levels.every((level) => level.measures?.[measure.name])) return null
    const [{ value, interval }] = measuredInAll([measure], levels, [seed, suite])
    return { value, interval }
  }
  // Mean returns stand where the solved rates of others do.
  const beside = measures.filter(({ name }) => name !== 'mean_return')
  return beside.map((measure) => {
    const { value: _, interval: __, ...definition } = measure
    return { ...definition, final: over(finals, measure), baseline: over(baselines, measure) }
  })
}

function measuredLevel(
  level: Level | undefined,
  { suite, seed, solvable }: Keys,
): MeasuredLevel | null {
  if (level === undefined) return null
  const { name, episodes, meanReturn, meanLength, measures = {}, returns } = level
  const random = stream(seed, 'evaluation', suite, 'bootstrap', 'mean_return', name)
  const rate = level.solvedRate ?? 0
  const interval = solvable
    ? wilsonInterval(Math.round(rate * episodes), episodes)
    : bootstrapInterval(returns, mean, random)
  const value = solvable ? rate : meanReturn
  return { episodes, value, meanReturn, meanLength, measures, interval }
}
