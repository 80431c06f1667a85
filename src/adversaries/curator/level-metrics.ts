import { sha256 } from '../../core/bytes.ts'
import type { LevelFeatures } from '../../envs/contract.ts'
import type { Metrics } from '../../learners/contract.ts'

/**
 * The mean of each level feature as `<prefix><feature>`, over the levels that have it. Levels with the feature `passable`
 * = 0 count for that feature only, whose mean is the passable ratio (as minimax logs it).
 */
export function featureMeans(prefix: string, levels: readonly LevelFeatures[]): Metrics {
  const sums = new Map<string, { sum: number; count: number }>()
  for (const features of levels) {
    for (const [name, value] of Object.entries(features)) {
      if (!Number.isFinite(value)) continue
      if (features.passable === 0 && name !== 'passable') continue
      const entry = sums.get(name) ?? { sum: 0, count: 0 }
      sums.set(name, { sum: entry.sum + value, count: entry.count + 1 })
    }
  }
  return Object.fromEntries(
    [...sums].map(([name, { sum, count }]) => [prefix + snakeCase(name), sum / count]),
  )
}

/** Characters of a feature in the name of a metric, which has at most a hundred with what stands before it. */
const LONGEST = 64

/** A long name is cut, and keeps apart from others by its digest. */
function snakeCase(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
  if (snake.length <= LONGEST) return snake
  return `${snake.slice(0, LONGEST - 9)}_${sha256(name).slice(0, 8)}`
}
