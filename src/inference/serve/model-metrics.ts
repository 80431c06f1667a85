import { Histogram, LATENCY_BOUNDS, ROWS_BOUNDS } from './histogram.ts'

/** What is counted of one version of a model. */
export class ModelMetrics {
  /** Answers by error code; `ok` for those that went well. */
  readonly requests = new Map<string, number>([['ok', 0]])
  rows = 0
  /** Rows of the batches that ran. */
  readonly batchRows = new Histogram(ROWS_BOUNDS)
  /** Seconds that answered requests waited for a thread, took there, and took in all. */
  readonly queue = new Histogram(LATENCY_BOUNDS)
  readonly compute = new Histogram(LATENCY_BOUNDS)
  readonly total = new Histogram(LATENCY_BOUNDS)

  count(code: string): void {
    this.requests.set(code, (this.requests.get(code) ?? 0) + 1)
  }
}
