import { stream } from '../core/random.ts'
import type { Environment, Measure } from '../envs/contract.ts'
import type { LevelResult, Measured } from './contract.ts'
import { bootstrapInterval, mean } from './stats.ts'
import { wilsonInterval } from './wilson.ts'

type Episodes = Pick<LevelResult, 'returns' | 'lengths'>
/** What keys the draws of an interval. */
type Keys = readonly [seed: number, suite: string]

/** Whether any return solves a level. */
export const isSolvable = ({ solvedAbove }: Pick<Environment<unknown>, 'solvedAbove'>): boolean =>
  solvedAbove < Number.POSITIVE_INFINITY

/** Stands instead of the solved rate where nothing can be solved; no environment may call a measure so. */
const MEAN_RETURN: Measure = {
  name: 'mean_return',
  about: 'The mean return of an episode.',
  better: 'higher',
  of: 'return',
}

/** What an evaluation gives of episodes beside their solved rate, or instead of it. */
export const measuresOf = (
  environment: Pick<Environment<unknown>, 'solvedAbove' | 'measures'>,
): readonly Measure[] => [
  ...(isSolvable(environment) ? [] : [MEAN_RETURN]),
  ...(environment.measures ?? []),
]

/** The measures of a level's episodes by name; `{}` for none, so that a report without measures has no such field. */
export function measuredLevel(
  measures: readonly Measure[],
  level: string,
  episodes: Episodes,
  [seed, suite]: Keys,
): Pick<LevelResult, 'measures'> {
  if (measures.length === 0) return {}
  const entries = measures.map((measure): [string, Measured] => {
    const { name, above } = measure
    const values = measure.of === 'return' ? episodes.returns : episodes.lengths
    if (above !== undefined) {
      const count = values.filter((value) => value > above).length
      return [
        name,
        { value: count / values.length, interval: wilsonInterval(count, values.length) },
      ]
    }
    const random = stream(seed, 'evaluation', suite, 'bootstrap', name, level)
    return [name, { value: mean(values), interval: bootstrapInterval(values, mean, random) }]
  })
  return { measures: Object.fromEntries(entries) }
}

/** Each measure over levels, as the solved rate is: the mean of theirs and its bootstrap interval. */
export function measuredInAll<M extends Measure>(
  measures: readonly M[],
  levels: readonly { readonly measures?: Readonly<Record<string, Measured>> | undefined }[],
  [seed, suite]: Keys,
): readonly (M & Measured)[] {
  return measures.map((measure) => {
    const values = levels.map((level) => level.measures?.[measure.name]?.value ?? Number.NaN)
    const random = stream(seed, 'evaluation', suite, 'bootstrap', measure.name)
    return { ...measure, value: mean(values), interval: bootstrapInterval(values, mean, random) }
  })
}

/** For those who print them beside a solved rate; `{}` where there are none. */
export function measuresByName({
  measures,
}: {
  readonly measures?: readonly (Measure & Measured)[] | undefined
}): { readonly measures?: Readonly<Record<string, number>> } {
  if (measures === undefined) return {}
  return { measures: Object.fromEntries(measures.map(({ name, value }) => [name, value])) }
}
