/** `1 234 567`, with thin spaces that do not break. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f')
}

/** A share as per cent: `72 %`, with a decimal only where it says something. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 1000) / 10
  return `${Number.isInteger(percent) ? percent : percent.toFixed(1)}\u202f%`
}

/** An interval of shares: `64–79 %`. */
export function formatShares([low, high]: readonly [number, number]): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)}\u202f%`
}

/** An interval of shares or of other numbers: `64–79 %`, `-12.5 to 210`. */
export function formatInterval(interval: readonly [number, number], shares: boolean): string {
  return shares ? formatShares(interval) : interval.map(formatNumber).join(' to ')
}

/** The interval of a mean over levels; resampling levels that are all alike would give one without width. */
export function formatMeanInterval(interval: readonly [number, number], shares: boolean): string {
  return interval[0] === interval[1] ? 'all levels alike' : formatInterval(interval, shares)
}

/** Three significant digits, without an exponent where people would not write one. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2)
  return String(Number(value.toPrecision(3)))
}

/** `42 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const two = (count: number) => String(count).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`
}
