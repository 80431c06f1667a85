/** A linear scale from data to pixels of a plot. */
export interface Scale {
  readonly low: number
  readonly high: number
  readonly at: (value: number) => string
}

/** @param from, to pixels at the ends */
export function scaleOf(low: number, high: number, from: number, to: number): Scale {
  const span = high - low || 1
  return { low, high, at: (value) => (from + ((to - from) * (value - low)) / span).toFixed(1) }
}

/** About `count` round numbers from `low` to `high`: 1, 2 or 5 times a power of ten apart. */
export function ticksOf(low: number, high: number, count = 5): number[] {
  const raw = (high - low || 1) / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= raw) ?? raw
  const ticks: number[] = []
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++)
    ticks.push(Number((k * step).toPrecision(12)))
  return ticks
}
