import type { ActorId, SlotId } from '../../core/ids.ts'
import type { RecordedEpisodes } from '../../datasets/contract.ts'
import type { EvaluationReport } from '../../evaluation/contract.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { TaskBatch } from '../../learners/contract.ts'
import type { ServiceAnswer, ServiceAsk, ServiceFailed, ToRole } from './contract.ts'
import type { CycleRow, ExperimentProgress, JournalRecord } from './experiment-contract.ts'
import type { ExperimentNews } from './experiment-events.ts'
import type { Experiment } from './experiment-state.ts'

/** What the experiment wants done: plain data. The machine computes them, its shell carries them out in their order. */
export type Order =
  /** Opens the cast of an epoch, and what counts the questions to services, which stands at a cycle. */
  | { readonly do: 'open'; readonly epoch: number; readonly cycle: number }
  | { readonly do: 'send'; readonly actor: ActorId; readonly message: ToRole }
  /** Hands a batch to its student, whose episodes are recorded where a dataset wants them. */
  | { readonly do: 'assign'; readonly batch: TaskBatch }
  | {
      readonly do: 'keepEpisodes'
      readonly cycle: number
      readonly slot: SlotId
      readonly recorded: RecordedEpisodes
    }
  /** Opens an actor where it is not there. */
  | { readonly do: 'ensure'; readonly actor: ActorId }
  /** Lets go of an actor that is lost, and opens it anew. */
  | { readonly do: 'reopen'; readonly actor: ActorId }
  | {
      readonly do: 'ask'
      readonly asker: ActorId
      readonly epoch: number
      readonly message: ServiceAsk
    }
  /** A service answers, or is there. */
  | {
      readonly do: 'hear'
      readonly actor: ActorId
      readonly message: ServiceAnswer | ServiceFailed
    }
  | { readonly do: 'present'; readonly actor: ActorId }
  /** Keys of questions may be used again. */
  | { readonly do: 'freeKeys' }
  /** Counts of services go back to a cycle. */
  | { readonly do: 'recount'; readonly cycle: number }
  /** Asks what services have cost by now; comes back as `tallied`. */
  | { readonly do: 'tally' }
  /** Asks for untrained policies that were kept; comes back as `recalled`. */
  | { readonly do: 'recall'; readonly slots: readonly SlotId[] }
  | { readonly do: 'journal'; readonly record: JournalRecord }
  | { readonly do: 'progress'; readonly event: ExperimentProgress }
  | { readonly do: 'record'; readonly row: CycleRow }
  | { readonly do: 'keepInitial'; readonly policies: ReadonlyMap<SlotId, PolicyFile> }
  | {
      readonly do: 'storeEvaluation'
      readonly slot: SlotId
      readonly when: 'baseline' | 'final'
      readonly report: EvaluationReport
    }
  | {
      readonly do: 'rewind'
      readonly cycle: number
      readonly epoch: number
      readonly cause: Experiment['cause']
    }
  /** Comes back as an event, with the time. */
  | { readonly do: 'tell'; readonly news: ExperimentNews }

/** What comes of an event or of entering a state: the record afterwards, and what is to be done. */
export interface Turn {
  readonly run: Experiment
  readonly orders: readonly Order[]
}

export const turn = (run: Experiment, orders: readonly Order[] = []): Turn => ({ run, orders })

/** One after another. */
export function inTurn(first: Turn, next: (run: Experiment) => Turn): Turn {
  const { run, orders } = next(first.run)
  return { run, orders: [...first.orders, ...orders] }
}

export const send = (actor: ActorId, message: ToRole): Order => ({ do: 'send', actor, message })
