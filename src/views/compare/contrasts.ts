import { stream } from '../../core/random.ts'
import {
  conditionalValueAtRisk,
  type PerformanceProfile,
  performanceProfile,
  probabilityOfImprovement,
} from '../../evaluation/contrast.ts'
import { bootstrapInterval, mean } from '../../evaluation/stats.ts'
import type { Estimate, Group, Improvement } from './comparison.ts'

/** Of 0 … 1; the last one is left out, above which nothing is. */
const THRESHOLDS = Array.from({ length: 50 }, (_, index) => index / 50)
const WORST = 0.1
/** Fewer have no tenth. */
const FEWEST_LEVELS = 10

/** Whether a level is one of `random:<n>`, from which a tail can be taken; named ones are a choice. */
const isRandom = (level: string): boolean => /(^|\/)random-\d+$/.test(level)

export const profileOf = (
  name: string,
  scores: readonly (readonly number[])[],
): PerformanceProfile =>
  performanceProfile(scores, THRESHOLDS, stream(0, 'compare', name, 'profile'))

/** @see Group.worstTenth */
export function worstTenthOf(
  name: string,
  scores: readonly (readonly number[])[],
  levels: readonly string[],
): Estimate | null {
  const at = levels.flatMap((level, index) => (isRandom(level) ? index : []))
  if (at.length < FEWEST_LEVELS) return null
  const tails = scores.map((run) =>
    conditionalValueAtRisk(
      at.map((level) => run[level]),
      WORST,
    ),
  )
  const interval = bootstrapInterval(tails, mean, stream(0, 'compare', name, 'worst tenth'))
  return { value: mean(tails), interval: scores.length > 1 ? interval : null }
}

/** Every two groups once. */
export function improvementsOf(groups: readonly Group[]): Improvement[] {
  return groups.flatMap((than, index) =>
    groups.slice(index + 1).map((better): Improvement => {
      const random = stream(0, 'compare', better.name, 'against', than.name)
      const scores = ({ runs }: Group) => runs.map((run) => run.scores)
      const { value, interval } = probabilityOfImprovement(scores(better), scores(than), random)
      const several = better.runs.length > 1 && than.runs.length > 1
      return {
        better: better.name,
        than: than.name,
        probability: { value, interval: several ? interval : null },
      }
    }),
  )
}
