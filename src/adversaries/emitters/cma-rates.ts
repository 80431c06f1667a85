/** How fast CMA-ES learns in `n` numbers from parents whose weights are worth `spread` equal ones (Hansen 2016, table 1, without negative weights). */
export function ratesOf(n: number, spread: number) {
  const cs = (spread + 2) / (n + spread + 5)
  const c1 = 2 / ((n + 1.3) ** 2 + spread)
  return {
    ...{ cs, c1 },
    cc: (4 + spread / n) / (n + 4 + (2 * spread) / n),
    cmu: Math.min(1 - c1, (2 * (spread - 2 + 1 / spread)) / ((n + 2) ** 2 + spread)),
    damping: 1 + 2 * Math.max(0, Math.sqrt((spread - 1) / (n + 1)) - 1) + cs,
  }
}
