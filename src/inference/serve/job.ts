import type { AgonError } from '../../core/errors.ts'
import type { Waiting } from './batcher.ts'
import type { Sequence } from './sequence-table.ts'

/** One request on its way through a model. */
export interface Job extends Waiting {
  /** Bytes by input of the model. */
  readonly inputs: readonly Uint8Array[]
  /** Shapes by input; needed where it runs alone. */
  readonly shapes: readonly (readonly number[] | undefined)[]
  /** Indices of the outputs wanted. */
  readonly wanted: readonly number[]
  /** The caller's own name for the request. */
  readonly id: string
  readonly sequence: Sequence | undefined
  alone: boolean
  /** Threads that it was lost with. */
  losses: number
  /** It was answered, or failed. */
  settled: boolean
  /** When it was handed to a thread, milliseconds of the server's clock. */
  handed: number
  /** Answers with an encoded ModelInferResponse. */
  resolve(answer: Buffer): void
  reject(error: AgonError): void
}

/** Jobs that run together. */
export interface JobBatch {
  readonly jobs: readonly Job[]
  readonly rows: number
}

export function jobBatch(jobs: readonly Job[]): JobBatch {
  let rows = 0
  for (const job of jobs) rows += job.rows
  return { jobs, rows }
}
