import { AgonError } from '../../../core/errors.ts'
import type { AskLimits, AskSpent } from './contract.ts'
import { moneyOf } from './spent.ts'

export type Cap = 'calls' | 'tokens' | 'money' | 'seconds'

const CAPS: readonly Cap[] = ['calls', 'tokens', 'money', 'seconds']

export interface UnderWay {
  readonly calls: number
  /** That they have taken so far, together. */
  readonly seconds: number
}

/**
 * Which cap does not allow one more call; null where all do. Calls are counted before they are made. What an answer will cost nobody
 * knows, so that tokens and money end it with the first call after the cap is reached.
 */
export function capReached(spent: AskSpent, limits: AskLimits, underWay: UnderWay): Cap | null {
  const reached = (cap: Cap): boolean => spentOf(cap, spent, underWay) >= (limits[cap] ?? Infinity)
  return CAPS.find(reached) ?? null
}

function spentOf(cap: Cap, spent: AskSpent, underWay: UnderWay): number {
  switch (cap) {
    case 'calls':
      return spent.calls + spent.retries + underWay.calls
    case 'tokens':
      return spent.tokens
    case 'money':
      return moneyOf(spent)
    case 'seconds':
      return spent.seconds + underWay.seconds
  }
}

/** Seconds that the cap leaves to the calls under way and one more, together; infinite without a cap. */
export const secondsLeft = (spent: AskSpent, limits: AskLimits, underWay: UnderWay): number =>
  (limits.seconds ?? Infinity) - spent.seconds - underWay.seconds

/** What ends the run. @param place the limits in the config: `services.judge.limits` */
export function capError(
  name: string,
  place: string,
  cap: Cap,
  spent: AskSpent,
  limits: AskLimits,
  underWay: UnderWay,
): AgonError {
  const limit = limits[cap] ?? 0
  const used = spentOf(cap, spent, underWay)
  return new AgonError(
    'service/cap',
    `service '${name}' has reached its cap on ${cap}: ${shown(used)} of ${shown(limit)}`,
    {
      place: `${place}.${cap}`,
      remedy: 'raise the cap and resume: nothing that was answered is asked, or paid, again',
      fields: { service: name, cap, spent: used, limit },
    },
  )
}

const shown = (value: number): string => String(Number(value.toPrecision(12)))
