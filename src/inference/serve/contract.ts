import type { ValueInfo } from '../binding.ts'
import type { PolicyCard } from '../contract.ts'
import type { Device, TakenDevice } from '../device.ts'
import type { DeviceChoice } from '../device-choice.ts'

/** What is served: a policy file, or any ONNX graph; without a card its inputs mean what its users know. */
export interface ModelSource {
  readonly onnx: Uint8Array
  readonly card?: PolicyCard
}

/** How requests become batches, and how much may wait. */
export interface ServingOptions {
  /** Default `cpu`. Several are taken in turn by the threads. */
  readonly device?: Device | readonly Device[]
  /** Whether a GPU may round to tf32; default false. */
  readonly tf32?: boolean
  /** Threads that run a model, each with a session of its own; default one a device. */
  readonly workers?: number
  /** Most rows that run together, and so most rows of one request; default 256. */
  readonly maxBatch?: number
  /** Milliseconds that a request may wait for others to join it while a thread is free; default 0. */
  readonly maxDelayMs?: number
  /** Every request runs alone: slower, and with the bits of a local session. Default false. */
  readonly alone?: boolean
  /** Rows that may wait for a thread before others are refused with `wire/overloaded`; default 16 × `maxBatch`. */
  readonly maxQueueRows?: number
  /** Sequences whose state is kept at once, for each model; default 4096. */
  readonly maxSequences?: number
  /** Milliseconds after which a sequence that no one asked about is forgotten; default 60 000. */
  readonly sequenceIdleMs?: number
}

/** What a session says of its graph. */
export interface GraphFacts {
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
  readonly device: TakenDevice
  /** What `auto` has measured. */
  readonly choice?: DeviceChoice
}

/** One version of a model, for those who look at it. */
export interface VersionInfo extends GraphFacts {
  readonly name: string
  readonly version: string
  readonly card: PolicyCard | undefined
  /** Of all its threads, each once. */
  readonly devices: readonly TakenDevice[]
  /** Of the ONNX bytes. */
  readonly sha256: string
  /** Most rows of one request. */
  readonly maxBatch: number
  /** Why requests cannot share a batch; undefined where they can. */
  readonly unbatched: string | undefined
}
