/**
 * Coefficients of Wichura's algorithm PPND7 (Applied Statistics 37, 1988, AS 241): numerators and denominators from the
 * highest power down, for the middle (|p − ½| ≤ 0.425, in 0.180625 − (p − ½)²) and for the tails (in √(−ln p) − 1.6).
 */
export const QUANTILE = {
  middle: [59.10937472, 159.29113202, 50.434271938, 3.3871327179],
  underMiddle: [67.1875636, 78.757757664, 17.895169469, 1],
  tail: [0.17023821103, 1.3067284816, 2.75681539, 1.4234372777],
  underTail: [0.12021132975, 0.7370016425, 1],
  split: 0.425,
  centre: 0.180625,
  shift: 1.6,
} as const

/** Nearer to 0 or 1 than any uniform number of single precision other than 0 gets on either side of ½. */
export const QUANTILE_EDGE = 2 ** -25

/**
 * The number below which a standard normal falls with probability `p`, to seven digits. Probabilities beyond
 * {@link QUANTILE_EDGE} count as that, so the answer lies within ±5.42.
 */
export function normalQuantile(p: number): number {
  const from = p - 0.5
  if (Math.abs(from) <= QUANTILE.split) {
    const r = QUANTILE.centre - from * from
    return (from * polynomial(QUANTILE.middle, r)) / polynomial(QUANTILE.underMiddle, r)
  }
  const nearest = Math.max(QUANTILE_EDGE, Math.min(p, 1 - p))
  const r = Math.sqrt(-Math.log(nearest)) - QUANTILE.shift
  return (Math.sign(from) * polynomial(QUANTILE.tail, r)) / polynomial(QUANTILE.underTail, r)
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
