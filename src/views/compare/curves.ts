import type { MetricsRow } from '../../run/contract.ts'
import type { Curve } from './comparison.ts'

/** Points of a curve: a page has no more columns. */
const MOST_POINTS = 200

const TRAINING = /^(return_mean|solve_rate|solved_rate|regret_mean)$/
const EVALUATION = /^evaluation\/.*(solved_rate|mean_return)$/

/** Keys of one slot's rows that a comparison draws, without the slot. */
function drawnKeys(rows: readonly MetricsRow[], slot: string): string[] {
  const own = `${slot}/`
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const training = names.filter(
    (key) => key.startsWith(own) && TRAINING.test(key.slice(own.length)),
  )
  return [
    ...training.map((key) => key.slice(own.length)),
    ...names.filter((key) => EVALUATION.test(key)),
  ]
}

interface Points {
  readonly steps: readonly number[]
  readonly values: readonly number[]
}

function pointsOf(rows: readonly MetricsRow[], key: string): Points {
  const known = rows.filter((row) => row[key] !== undefined)
  return { steps: known.map((row) => row.env_steps), values: known.map((row) => row[key]) }
}

/**
 * The newest value at or before `step`, so that runs whose rows stand elsewhere can be averaged; the first one before
 * it begins.
 */
function valueAt({ steps, values }: Points, step: number): number {
  let low = 0
  let high = steps.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (steps[middle] <= step) low = middle
    else high = middle - 1
  }
  return values[low]
}

/** Keys that every run has, over the steps that all of them reached. */
export function curvesOf(
  runs: readonly { readonly slot: string; readonly rows: readonly MetricsRow[] }[],
): Curve[] {
  const [first, ...others] = runs.map(({ rows, slot }) => drawnKeys(rows, slot))
  const common = first.filter((key) => others.every((keys) => keys.includes(key)))
  return common.flatMap((key) => {
    const points = runs.map(({ rows, slot }) =>
      pointsOf(rows, EVALUATION.test(key) ? key : `${slot}/${key}`),
    )
    const last = Math.min(...points.map(({ steps }) => steps[steps.length - 1]))
    const own = points[0].steps.filter((step) => step <= last)
    if (own.length < 2) return []
    const stride = Math.ceil(own.length / MOST_POINTS)
    const envSteps = own.filter((_, index) => (own.length - 1 - index) % stride === 0)
    const at = envSteps.map((step) => points.map((curve) => valueAt(curve, step)))
    return {
      key,
      envSteps,
      mean: at.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
      low: at.map((values) => Math.min(...values)),
      high: at.map((values) => Math.max(...values)),
    }
  })
}
