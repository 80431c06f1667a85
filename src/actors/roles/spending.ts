import type { Spending } from './experiment-contract.ts'

export const NOTHING_SPENT: Spending = { cycles: 0, gradientUpdates: 0, envSteps: 0 }

/** What a run may count, in the order in which files and people have them; all after the third only where they are used. */
export const COUNTERS: readonly (keyof Spending)[] = [
  'cycles',
  'gradientUpdates',
  'envSteps',
  'evaluations',
  'calls',
  'tokens',
  'money',
  'seconds',
]

/** Share of the budget that is spent, 0 … 1. What was not counted is 0. */
export function budgetDone(budget: Partial<Spending>, spent: Spending): number {
  const shares = COUNTERS.map((unit) => {
    const limit = budget[unit]
    return limit === undefined ? 0 : (spent[unit] ?? 0) / limit
  })
  return Math.min(1, Math.max(0, ...shares))
}

/** Both together; a counter that neither has stays absent. */
export function addSpending(spent: Spending, more: Partial<Spending>): Spending {
  const sums = COUNTERS.flatMap((unit) =>
    spent[unit] === undefined && more[unit] === undefined
      ? []
      : [[unit, (spent[unit] ?? 0) + (more[unit] ?? 0)]],
  )
  return Object.fromEntries(sums) as unknown as Spending
}

/** What asks of services cost. */
export type Cost = Pick<Spending, 'calls' | 'tokens' | 'money'>

/**
 * The costs of one cycle's asks as one, in the order of their keys and never of their arrival, since sums of fractions
 * depend on it.
 */
export function sumCosts(costs: ReadonlyMap<string, Cost>): Cost {
  const sorted = [...costs].sort(([a], [b]) => (a < b ? -1 : 1))
  const {
    cycles: _,
    gradientUpdates: __,
    envSteps: ___,
    ...sum
  } = sorted.reduce<Spending>((sum, [, cost]) => addSpending(sum, cost), NOTHING_SPENT)
  return sum
}
