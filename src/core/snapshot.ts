import type { NamedTensors } from './tensor.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/**
 * The whole state of a stateful actor at a cycle boundary. `state` goes to JSON, `tensors` to safetensors;
 * restoring it gives an actor that goes on bit for bit.
 */
export interface Snapshot {
  /** Which kind of actor wrote it (`ppo`, `accel`, …); a foreign kind is refused. */
  readonly kind: string
  /** Raised when the layout changes; an unknown version is refused. */
  readonly version: number
  readonly state: Json
  readonly tensors: NamedTensors
}
