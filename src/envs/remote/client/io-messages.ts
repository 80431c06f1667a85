import type { MessagePort } from 'node:worker_threads'
import type { ErrorRecord } from '../../../core/errors.ts'
import type { agon } from '../../../wire/index.ts'
import type { EnvironmentSpec } from '../../contract.ts'
import type { LevelMethod } from './backend.ts'
import type { RemoteOptions } from './options.ts'

/** What a thread hands to the one that holds its connection, one at a time. */
export type Order =
  /** Dials anew and is answered with an {@link EnvironmentDescription}. */
  | { readonly kind: 'dial'; readonly options: RemoteOptions; readonly token?: string }
  | { readonly kind: 'call'; readonly method: LevelMethod; readonly request: object }
  /** Is answered with paths of pipes where steps may go over pipes, which are then watched over; else with null. */
  | {
      readonly kind: 'open'
      readonly vector: number
      readonly request: agon.v1.Open.$Properties
      readonly spec: EnvironmentSpec
      readonly memory: SharedArrayBuffer
      /** What the watch shares with whoever steps. */
      readonly words: Int32Array
    }
  /** Is answered with the error of a vector whose pipes are broken, or of this StepReply that came over them. */
  | { readonly kind: 'why'; readonly vector: number; readonly reply?: Uint8Array }
  | {
      readonly kind: 'ask'
      readonly vector: number
      readonly request: agon.v1.StepRequest.$Properties
    }
  | ActOrder
  /** Is not answered. */
  | { readonly kind: 'close'; readonly vector: number }

/** A step of a vector; its actions stand in the shared memory. Without levels to come just the vector's number is sent. */
export interface ActOrder {
  readonly kind: 'act'
  readonly vector: number
  readonly nextSlots: number[]
  readonly nextLevels: Uint8Array[]
}

/** Orders whose answer comes through the port. */
export type AskOrder = Exclude<Order, { readonly kind: 'act' | 'close' }>

export type OrderAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorRecord }

/** Layout of the int32 signal: a counter of answers, and what the last one is. */
export const [ANSWERS, OUTCOME] = [0, 1]
/** The answer lies in the port. */
export const POSTED = 0
/** A step was taken; its results lie in the vector's shared memory. */
export const STEPPED = 1
/** The thread with the connection has ended. */
export const GONE = 2

export interface IoSetup {
  readonly signal: Int32Array
  readonly port: MessagePort
}
