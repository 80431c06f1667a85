import type { ErrorRecord } from '../../core/errors.ts'
import type { ActorId } from '../../core/ids.ts'
import type { Answer, Ask } from '../../services/contract.ts'
import type { ServiceAnswer, ServiceAsk, ServiceFailed } from './contract.ts'

/** A question went wrong for good: the run cannot go on. */
export interface Unanswered {
  readonly type: 'unanswered'
  readonly actor: ActorId
  readonly error: ErrorRecord
}

/** The counter over which every question to a service goes: kept replies first, then the service itself within its limits. */
export interface ServiceCounter {
  /** A student's or the adversary's question; its answer goes to them. */
  ask(asker: ActorId, message: ServiceAsk): void
  /** The experiment's own question, as to a grader. Never resolves once the run has gone back. */
  question(service: string, request: Ask): Promise<Answer>
  heard(actor: ActorId, message: ServiceAnswer | ServiceFailed): void
  /** The service is there. */
  present(actor: ActorId): void
  /** The service is lost; another one will come. */
  absent(actor: ActorId): void
  /** Questions that have no answer yet. */
  readonly open: number
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
