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
  /** Mean solved rate over the suite's levels, with its bootstrap interval over them. */
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

export interface Measured {
  readonly solvedRate: number
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
    return {
      suite,
      episodes: shown.episodes,
      final: summarise(finals, suite, shown.seed),
      baseline: summarise(baselines, suite, shown.seed),
      measures: measureRows(shown, { suite, finals, baselines }),
      rows: names.map((name) => ({
        name: shortName(name, suite),
        final: measuredLevel(after.get(name)),
        baseline: measuredLevel(before.get(name)),
      })),
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

function summarise(levels: readonly Level[], suite: string, seed: number): Measured | null {
  if (levels.length === 0) return null
  const rates = levels.map(({ solvedRate }) => solvedRate)
  const random = stream(seed, 'evaluation', suite, 'bootstrap')
  return { solvedRate: mean(rates), interval: bootstrapInterval(rates, mean, random) }
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
  return measures.map((measure) => {
    const { value: _, interval: __, ...definition } = measure
    return { ...definition, final: over(finals, measure), baseline: over(baselines, measure) }
  })
}

function measuredLevel(level: Level | undefined): MeasuredLevel | null {
  if (level === undefined) return null
  const { episodes, solvedRate, meanReturn, meanLength, measures = {} } = level
  const interval = wilsonInterval(Math.round(solvedRate * episodes), episodes)
  return { episodes, solvedRate, meanReturn, meanLength, measures, interval }
}
