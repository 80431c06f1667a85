import type { Attempt, AttemptTask } from '../../adversaries/grid/contract.ts'

/** A row of `history.jsonl`: a candidate of the run's search and what came of it, in the order in which they were asked for. */
export interface HistoryRow extends Omit<Attempt, 'tasks'> {
  readonly cycle: number
  /** Where the run has stages. */
  readonly stage?: string
  readonly tasks: readonly HistoryTask[]
}

export interface HistoryTask extends AttemptTask {
  /** Index in the batch of its slot, which keys what the student draws; absent where the batch has no such task. */
  readonly lane?: number
}
