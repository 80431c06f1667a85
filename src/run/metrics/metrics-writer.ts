import { join } from 'node:path'
import type { MetricsRow, TimingsRow } from '../contract.ts'
import { formatMetricsRow, formatTimingsRow } from './row-format.ts'
import { openRowLog } from './row-log.ts'

export const METRICS_FILE = 'metrics.jsonl'
export const TIMINGS_FILE = 'timings.jsonl'

/** Writes the two row files of a run directory. One writer a run; rows reach the file (not the disk) at once. */
export interface MetricsWriter {
  /**
   * @throws AgonError `metrics/not-finite`, `metrics/counter`, or `metrics/order` where the cycle is not after the last
   */
  append(row: MetricsRow): void
  appendTimings(row: TimingsRow): void
  /**
   * Going on from a cut: drops the rows of `metrics.jsonl` after the cut's cycle, so that the file ends up with the
   * bytes of an undisturbed run. Timings stay: readers take the newest epoch. Returns the cycle of the last row left,
   * −1 if none, so that the caller can see that the file reaches the cut.
   */
  truncateTo(cycle: number): number
  /** Forces both files to the disk; a cut is only as good as the rows before it. */
  sync(): void
  close(): void
}

/**
 * Opens `metrics.jsonl` and `timings.jsonl` under `dir`, which exists.
 * @throws AgonError `run/metrics-damaged` with file and line
 */
export function openMetricsWriter(dir: string): MetricsWriter {
  const metrics = openRowLog(join(dir, METRICS_FILE), { rising: true })
  const timings = openRowLog(join(dir, TIMINGS_FILE), { rising: false })
  return {
    append: (row) => metrics.append(row.cycle, formatMetricsRow(row)),
    appendTimings: (row) => timings.append(row.cycle, formatTimingsRow(row)),
    truncateTo(cycle) {
      metrics.truncateTo(cycle)
      metrics.sync()
      return metrics.lastCycle()
    },
    sync() {
      metrics.sync()
      timings.sync()
    },
    close() {
      metrics.close()
      timings.close()
    },
  }
}
