import type { AutoReset } from '../contract.ts'

/** The numbers of agon.v1.AutoReset. */
export const AUTO_RESET: Readonly<Record<AutoReset, number>> = {
  none: 1,
  'same-level': 2,
  'next-level': 3,
}

/** What a number means, 0 the same as none; undefined for one that means nothing. */
export function readAutoReset(number: number): AutoReset | undefined {
  if (number === 0) return 'none'
  return (Object.keys(AUTO_RESET) as AutoReset[]).find((name) => AUTO_RESET[name] === number)
}
