import type { MessagePort } from 'node:worker_threads'
import type { ErrorRecord } from '../../core/errors.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import type { SessionOptions } from '../session-contract.ts'
import type { GraphFacts, ModelSource } from './contract.ts'
import type { RowLayout } from './row-layout.ts'

/** What a thread that runs a model finds as its `workerData`. */
export interface InferenceThreadData {
  /** Batches in shared memory: the server names a slot, the thread answers {@link SlotReply}. */
  readonly batches: MessagePort
}

/** A slot whose outputs are there, or what its batch failed with. */
export type SlotReply = number | { readonly slot: number; readonly error: ErrorRecord }

/** How such a thread opens its session. */
export type ThreadSession = Pick<SessionOptions, 'device' | 'choice' | 'rows' | 'tf32' | 'name'>

/** The control calls of such a thread. */
export interface InferenceThread {
  /** @throws AgonError those of `openSession` and `checkGraph` */
  open(source: ModelSource, options: ThreadSession): Promise<GraphFacts>
  /**
   * Takes slots that both sides see, and tries the graph with them.
   * @returns null, or why the graph cannot run rows of several requests together
   */
  lend(layout: RowLayout, memories: readonly SharedArrayBuffer[]): Promise<string | null>
  /** Runs one request whose shapes are its own. @throws AgonError those of `Session.run` */
  runAlone(feeds: NamedTensors): Promise<AloneResult>
}

export interface AloneResult {
  readonly outputs: NamedTensors
  readonly computeMs: number
}
