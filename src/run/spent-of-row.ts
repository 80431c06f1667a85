import type { MetricsRow, Spent } from './contract.ts'

const OTHERS = ['evaluations', 'calls', 'tokens', 'money'] as const

/** What had been spent after the cycle of a row; seconds stand in `timings.jsonl`. */
export function spentOfRow(row: MetricsRow): Spent {
  const others = OTHERS.flatMap((unit) => (unit in row ? [[unit, row[unit]]] : []))
  return {
    cycles: row.cycle,
    gradientUpdates: row.gradient_updates,
    envSteps: row.env_steps,
    ...Object.fromEntries(others),
  }
}
