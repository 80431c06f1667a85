import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import type { Answer } from '../../services/contract.ts'
import type { ServiceAnswer, ServiceAsk, ServiceFailed } from './contract.ts'
import type { Cost } from './spending.ts'

/** A question has its answer, kept or new. */
export interface Answered {
  readonly type: 'answered'
  readonly asker: ActorId
  readonly cycle: number
  readonly service: string
  /** As the asker named it. */
  readonly key: string
  readonly answer: Answer
  readonly cost: Cost
}

/** A question went wrong for good: the run cannot go on. */
export interface Unanswered {
  readonly type: 'unanswered'
  readonly actor: ActorId
  readonly error: ErrorRecord
}

/** The counter over which every question to a service goes: kept replies first, then the service itself within its limits. */
export interface ServiceCounter {
  /** What comes of it is told; nothing, once the cast is let go. */
  ask(asker: ActorId, epoch: number, message: ServiceAsk): void
  heard(actor: ActorId, message: ServiceAnswer | ServiceFailed): void
  /** The service is there. */
  present(actor: ActorId): void
  /** The service is lost; another one will come. */
  absent(actor: ActorId): void
  /** Keys of the cycle before may be used again. */
  begin(): void
  /** The cast is let go: nobody waits for what was asked. */
  letGo(): void
  /** Goes back to what was spent when the cut of `cycle` was made. */
  restore(cycle: number): void
  metrics(): Record<string, number>
  timings(): Record<string, number>
  close(reason: Error): void
}
