import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId, SlotId } from '../../core/ids.ts'
import type { PolicyFile } from '../../inference/contract.ts'
import type { CastEvent } from './cast.ts'
import type { Answered, Unanswered } from './service-counter.ts'

/** What the experiment hears, before the time stands in it. */
export type ExperimentNews =
  | CastEvent
  | Answered
  | Unanswered
  /** Once after the actor has started: only a running actor may open others. */
  | { readonly type: 'begin' }
  | { readonly type: 'stop' }
  /** Someone who is there does not answer. */
  | { readonly type: 'silent'; readonly actor: ActorId; readonly error: ErrorRecord }
  /** One of the cast cannot be opened. */
  | { readonly type: 'unopened'; readonly error: ErrorRecord }
  /** What services have cost since the run began: a cycle's last word. */
  | {
      readonly type: 'tallied'
      readonly metrics: Readonly<Record<string, number>>
      readonly timings: Readonly<Record<string, number>>
    }
  | { readonly type: 'recalled'; readonly initial: ReadonlyMap<SlotId, PolicyFile> }

/** With the monotonic time at which it came: the machine has no clock of its own. */
export type Timed<E> = E & { readonly at: number }

export type ExperimentEvent = Timed<ExperimentNews>

export type EventOf<K extends ExperimentNews['type']> = Extract<
  ExperimentNews,
  { readonly type: K }
> & { readonly at: number }
