import type { TypedArray } from '../../../core/tensor.ts'

export type Outputs = Readonly<Record<string, TypedArray>>

/** What a step was to a slot's observations. */
export const GOES_ON = 0
/** The observation is the first of an episode. */
export const BEGAN = 1
/** The episode was over before the step: nothing changes. */
export const STANDS = 2

/** Writes what agents see. Rows are `slot · agents + agent`; the games are those of one native batch. */
export interface Observer {
  /** Every row after a step, of which `marks` [slots] says what it was to each slot. */
  step(marks: Uint8Array, out: Outputs): void
  /** The rows of these slots, whose episodes begin. */
  begin(slots: ArrayLike<number>, out: Outputs): void
  /** The rows of these slots, whose episodes ended; others begin there before the next `step`. */
  end(slots: ArrayLike<number>, out: Outputs): void
  /** The rows of a slot as it stands. */
  show(slot: number, out: Outputs): void
  /** Bytes of a slot that the game does not know: frames of the past. */
  readonly memoryBytes: number
  save(slot: number, into: Uint8Array): void
  load(slot: number, from: Uint8Array): void
}
