/** Counts of values by upper bounds, as Prometheus has them, with fixed memory. */
export class Histogram {
  /** Ascending. */
  readonly bounds: readonly number[]
  /** Values up to each bound that are above the one before it; one more for those above the last. */
  readonly counts: Float64Array
  sum = 0
  count = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = new Float64Array(bounds.length + 1)
  }

  observe(value: number): void {
    let low = 0
    let high = this.bounds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (value <= this.bounds[middle]) high = middle
      else low = middle + 1
    }
    this.counts[low]++
    this.sum += value
    this.count++
  }

  /** The bound that at least the share `q` of the values does not exceed; NaN without values. */
  quantile(q: number): number {
    let seen = 0
    for (let i = 0; i < this.bounds.length; i++) {
      seen += this.counts[i]
      if (this.count > 0 && seen >= q * this.count) return this.bounds[i]
    }
    return this.count === 0 ? Number.NaN : Number.POSITIVE_INFINITY
  }
}

/** Seconds, from 50 µs to 10 s. */
export const LATENCY_BOUNDS: readonly number[] = [
  0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
  5, 10,
]
/** Rows of a batch. */
export const ROWS_BOUNDS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
