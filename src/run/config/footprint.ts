import type { RunConfig, Spent } from '../contract.ts'

/** What one cycle holds at its peak. */
export interface CycleHoldings {
  readonly envSteps: number
  readonly parameters: number
  /** What gradients hold, and what rollouts and gradients hold of observations. */
  readonly gradientBytes: number
  readonly observationBytes: number
}

const PROCESS_BYTES = 220e6
/** Sessions, graphs and arenas of one learner thread. */
const WORKER_BYTES = 120e6
const STEP_BYTES = 160
export const METRICS_ROW_BYTES = 1_400
/** A task's columns in `levels.jsonl`: 60 to 100 of mazes, 150 on the walker, 300 of car racing. */
export const LEVEL_BYTES = 150

/** Bytes of memory at the peak of a cycle. */
export function memoryOf(
  { workers, evaluation }: RunConfig,
  { envSteps, parameters, gradientBytes, observationBytes }: CycleHoldings,
): number {
  const threads = workers + evaluation.workers
  // Parameters, two moments, gradient shards and each session's own copy.
  const weights = 4 * parameters * (5 + 3 * threads)
  const steps = gradientBytes + observationBytes + envSteps * STEP_BYTES
  return PROCESS_BYTES + threads * WORKER_BYTES + weights + steps
}

/**
 * Bytes of a run directory at its largest.
 * @param tasks of one cycle
 */
export function diskOf(
  { cuts, tensorboard, levelLog }: RunConfig,
  spent: Spent | null,
  parameters: number,
  tasks: number,
): number {
  const { cycles } = spent ?? { cycles: 0 }
  // A cut holds parameters, two moments and the policy; a new one is complete before an old one goes.
  const cut = 4 * 4 * parameters + 1e6
  const kept =
    spent === null ? cuts.keep + 1 : Math.min(cuts.keep, Math.ceil(cycles / cuts.every)) + 1
  const metrics = METRICS_ROW_BYTES * (tensorboard ? 2 : 1)
  const levels = levelLog === false ? 0 : LEVEL_BYTES * tasks
  return kept * cut + 4 * parameters + cycles * (metrics + levels) + 3e6
}
