import type { Metrics } from '../../learners/contract.ts'
import type { LevelBuffer } from './level-buffer.ts'
import { replayDistribution } from './sampling.ts'

/**
 * State of a buffer. `_weighted` values are expectations under the replay distribution; absent while it is empty.
 */
export function bufferMetrics(buffer: LevelBuffer): Metrics {
  const { size, scores, ages, generations, rules } = buffer
  const fill = { buffer_size: size, buffer_fill: size / rules.capacity }
  if (size === 0) return fill
  const weights = replayDistribution(buffer)
  let sum = 0
  let score = 0
  let age = 0
  let generation = 0
  for (let entry = 0; entry < size; entry++) {
    sum += scores[entry]
    score += weights[entry] * scores[entry]
    age += weights[entry] * ages[entry]
    generation += weights[entry] * generations[entry]
  }
  return {
    ...fill,
    score_mean: sum / size,
    score_max: scores[buffer.order[0]],
    score_weighted: score,
    age_weighted: age,
    generation_weighted: generation,
  }
}
