const Z_95 = 1.959963984540054

/**
 * 95 % score interval of a share of `successes` in `trials` (Wilson 1927): sound at 0 and 1 and for few trials, where
 * the normal approximation is not. [0, 1] for no trials.
 */
export function wilsonInterval(successes: number, trials: number): readonly [number, number] {
  if (trials === 0) return [0, 1]
  const share = successes / trials
  const z2 = (Z_95 * Z_95) / trials
  const centre = (share + z2 / 2) / (1 + z2)
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials))) / (1 + z2)
  return [Math.max(0, centre - half), Math.min(1, centre + half)]
}
