import { AgonError } from '../../../core/errors.ts'
import type { AskCost, AskSpent } from './contract.ts'

const NANO = 1e9

export const NO_ASKS: AskSpent = { calls: 0, retries: 0, tokens: 0, nanoMoney: 0, seconds: 0 }

/** What was spent, with one more answer. @throws AgonError `service/cost` */
export function withAnswer(spent: AskSpent, cost: AskCost): AskSpent {
  const tokens = costOf(cost.tokens, 'tokens')
  if (!Number.isInteger(tokens)) throw badCost('tokens', tokens)
  const nanoMoney = Math.round(costOf(cost.money, 'money') * NANO)
  return {
    ...spent,
    calls: spent.calls + 1,
    tokens: spent.tokens + tokens,
    nanoMoney: spent.nanoMoney + nanoMoney,
  }
}

/**
 * What was spent, with what a call may have cost that failed: of its error, in the field `cost`. Whatever is no cost there counts as none.
 */
export function withVain(spent: AskSpent, error: unknown): AskSpent {
  const cost = error instanceof AgonError ? (error.fields.cost as Partial<AskCost> | null) : null
  const count = (value: unknown): number =>
    typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER / NANO ? value : 0
  return {
    ...spent,
    tokens: spent.tokens + Math.ceil(count(cost?.tokens)),
    nanoMoney: spent.nanoMoney + Math.round(count(cost?.money) * NANO),
  }
}

/** The larger of each. */
export function atLeast(one: AskSpent, other: AskSpent): AskSpent {
  return {
    calls: Math.max(one.calls, other.calls),
    retries: Math.max(one.retries, other.retries),
    tokens: Math.max(one.tokens, other.tokens),
    nanoMoney: Math.max(one.nanoMoney, other.nanoMoney),
    seconds: Math.max(one.seconds, other.seconds),
  }
}

export const moneyOf = ({ nanoMoney }: AskSpent): number => nanoMoney / NANO

/** Exact: the same whenever the same questions are answered. */
export const askMetrics = (spent: AskSpent): Readonly<Record<string, number>> => ({
  calls: spent.calls,
  tokens: spent.tokens,
  money: moneyOf(spent),
})

/** What a clock and the world decide. */
export const askTimings = ({ retries, seconds }: AskSpent): Readonly<Record<string, number>> => ({
  retries,
  seconds,
})

function costOf(given: number | undefined, what: 'tokens' | 'money'): number {
  const cost = given ?? 0
  if (!(Number.isFinite(cost) && cost >= 0)) throw badCost(what, cost)
  return cost
}

const badCost = (what: 'tokens' | 'money', cost: number): AgonError =>
  new AgonError('service/cost', `an answer says that it cost ${cost} ${what}`, {
    remedy: `say a ${what === 'tokens' ? 'whole' : 'finite'} number from 0 on, or leave it out`,
  })
