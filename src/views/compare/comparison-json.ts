import type { Json } from '../../core/snapshot.ts'
import type { Comparison, Estimate } from './comparison.ts'

/** The comparison as plain data, one object. */
export function comparisonToJson(comparison: Comparison): { readonly [key: string]: Json } {
  const { levels, of, groups, improvements, notes } = comparison
  const named = (scores: readonly number[]): { readonly [key: string]: Json } =>
    of === 'solved rate' ? { solvedRate: [...scores] } : { meanReturn: [...scores] }
  return {
    levels: [...levels],
    groups: groups.map((group) => ({
      name: group.name,
      runs: group.runs.map(({ scores, spent, ...run }) => ({
        ...run,
        ...named(scores),
        spent: { ...spent },
      })),
      ...named(group.scores),
      meanReturn: [...group.meanReturn],
      mean: estimateToJson(group.mean),
      iqm: estimateToJson(group.iqm),
      ...optional('optimalityGap', group.optimalityGap),
      ...optional('worstTenth', group.worstTenth),
      ...(group.profile === null ? {} : { profile: columns(group.profile) }),
      spent: { ...group.spent },
      untrainedMean: group.untrainedMean,
      ...(group.measures.length === 0
        ? {}
        : {
            measures: group.measures.map((measure) => ({
              ...measure,
              levels: [...measure.levels],
              mean: estimateToJson(measure.mean),
            })),
          }),
    })),
    improvements: improvements.map(({ better, than, probability }) => ({
      better,
      than,
      probability: estimateToJson(probability),
    })),
    notes: [...notes],
  }
}

const optional = (name: string, estimate: Estimate | null): { readonly [key: string]: Json } =>
  estimate === null ? {} : { [name]: estimateToJson(estimate) }

const columns = (of: object): Json =>
  Object.fromEntries(Object.entries(of).map(([name, values]) => [name, [...values]]))

function estimateToJson({ value, interval }: Estimate): Json {
  return { value, interval: interval === null ? null : [...interval] }
}
