import type { Spent } from '../../run/contract.ts'
import { formatCount, formatDuration } from './quantities.ts'

/** What only some runs count. */
export type OtherUnit = Exclude<keyof Spent, 'cycles' | 'gradientUpdates' | 'envSteps'>

export interface OtherCount {
  readonly unit: OtherUnit
  /** As a heading: `Tokens`. */
  readonly name: string
  readonly value: string
}

const NAMES: readonly (readonly [OtherUnit, string])[] = [
  ['evaluations', 'Evaluations'],
  ['calls', 'Calls'],
  ['tokens', 'Tokens'],
  ['money', 'Money'],
  ['seconds', 'Wall clock'],
]

export const formatUnit = (unit: keyof Spent, amount: number): string =>
  unit === 'seconds'
    ? formatDuration(amount * 1000)
    : unit === 'money'
      ? amount.toFixed(2)
      : formatCount(amount)

/** What a run has counted beside cycles, updates and steps; empty for most. */
export function otherCounts(spent: Spent): readonly OtherCount[] {
  return NAMES.flatMap(([unit, name]) => {
    const amount = spent[unit]
    return amount === undefined ? [] : [{ unit, name, value: formatUnit(unit, amount) }]
  })
}

/** `12 evaluations`, `0.25 money`, for a sentence. */
export const countTexts = (spent: Spent): readonly string[] =>
  otherCounts(spent).map(({ unit, name, value }) =>
    unit === 'seconds' ? `${value} of wall clock` : `${value} ${name.toLowerCase()}`,
  )
