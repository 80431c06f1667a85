/**
 * Milliseconds on the process's monotonic clock, for timings alone. Learners work inside threads, where no clock
 * object can be handed in; nothing here ever reaches a decision or `metrics.jsonl`.
 */
export function elapsedMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
