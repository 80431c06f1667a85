import type { CycleRow } from '../actors/roles/experiment-contract.ts'
import type { MetricsRow, TimingsRow } from './contract.ts'

/**
 * A cycle as the rows of metrics.jsonl and timings.jsonl.
 * @param wall milliseconds since this process started the run
 * @param stage its number, where the run has stages
 */
export function cycleRows(
  { spent, metrics, timings, epoch }: CycleRow,
  wall: number,
  stage: number | undefined,
): { readonly metricsRow: MetricsRow; readonly timingsRow: TimingsRow } {
  // A clock has no place in the exact rows.
  const { cycles: _, gradientUpdates: __, envSteps: ___, seconds, ...others } = spent
  return {
    metricsRow: {
      ...metrics,
      ...(stage === undefined ? {} : { stage }),
      cycle: spent.cycles,
      gradient_updates: spent.gradientUpdates,
      env_steps: spent.envSteps,
      ...others,
    },
    timingsRow: {
      cycle_ms: 0,
      ...timings,
      ...(seconds === undefined ? {} : { seconds }),
      cycle: spent.cycles,
      epoch,
      wall_ms: wall,
    },
  }
}
