import type { RoleName } from '../../actors/roles/table/placing.ts'
import type { Timers } from '../../core/timers.ts'
import type { agon } from '../../wire/index.ts'
import type { FrameLedger } from './frame-law.ts'

/** What a conversation is about, and the limits that it is held to. */
export interface ConversationOptions {
  readonly session: string
  readonly epoch: number
  readonly actor: string
  readonly place: Pick<agon.v1.Welcome.$Properties, RoleName>
  /** Bytes under way, either way, beyond what was consumed. */
  readonly credit: number
  /** Whether more is granted as messages are taken; else only by `grant`. */
  readonly granting: boolean
  readonly heartbeatMs: number
  readonly missedHeartbeats: number
  /** Milliseconds that an answer may take. */
  readonly patienceMs: number
  readonly timers: Timers
  readonly ledger: FrameLedger
}
