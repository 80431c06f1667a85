import type { LevelBuffer } from './level-buffer.ts'

/**
 * Writes the score distribution w over the filled entries into `buffer.weights` (spec: Jiang et al. 2021, "Prioritized
 * Level Replay", eq. 1–2). Sums to 1 up to rounding.
 *
 * - `rank`: w ∝ (1/rank)^(1/β), rank 1 the highest score, equal scores ranked by entry.
 * - `proportional`: w ∝ max(score, 0)^(1/β); uniform where no score is positive.
 * - `top-k`: softmax of the scores of the k best, no temperature (JaxUED).
 */
export function writePriorities(buffer: LevelBuffer): void {
  switch (buffer.rules.priority) {
    case 'rank':
      writeRank(buffer)
      break
    case 'proportional':
      writeProportional(buffer)
      break
    case 'top-k':
      writeTopK(buffer)
      break
  }
}

function writeRank({ size, order, rankWeights, rankSums, weights }: LevelBuffer): void {
  const total = rankSums[size]
  for (let rank = 0; rank < size; rank++) weights[order[rank]] = rankWeights[rank] / total
}

function writeProportional({ size, scores, order, rules, weights }: LevelBuffer): void {
  const best = scores[order[0]]
  if (!(best > 0)) {
    weights.fill(1 / size, 0, size)
    return
  }
  let total = 0
  for (let entry = 0; entry < size; entry++) {
    // Relative to the best score, so that no power overflows.
    weights[entry] = (Math.max(scores[entry], 0) / best) ** (1 / rules.temperature)
    total += weights[entry]
  }
  for (let entry = 0; entry < size; entry++) weights[entry] /= total
}

function writeTopK({ size, scores, order, rules, weights }: LevelBuffer): void {
  const count = Math.min(rules.topK, size)
  weights.fill(0, 0, size)
  let total = 0
  for (let rank = 0; rank < count; rank++) {
    const weight = Math.exp(scores[order[rank]] - scores[order[0]])
    weights[order[rank]] = weight
    total += weight
  }
  for (let rank = 0; rank < count; rank++) weights[order[rank]] /= total
}
