import type { TypedArray } from '../../../core/tensor.ts'

export type Outputs = Readonly<Record<string, TypedArray>>

/** What a step was to a lane's observations. */
export const GOES_ON = 0
/** The observation is the first of an episode. */
export const BEGAN = 1
/** The episode was over before the step: nothing changes. */
export const STANDS = 2

/** Writes what agents see. Rows are `lane · agents + agent`; the games are those of one native batch. */
export interface Observer {
  /** Every row after a step, of which `marks` [lanes] says what it was to each lane. */
  step(marks: Uint8Array, out: Outputs): void
  /** The rows of these lanes, whose episodes begin. */
  begin(lanes: ArrayLike<number>, out: Outputs): void
  /** The rows of these lanes, whose episodes ended; others begin there before the next `step`. */
  end(lanes: ArrayLike<number>, out: Outputs): void
  /** The rows of a lane as it stands. */
  show(lane: number, out: Outputs): void
  /** Bytes of a lane that the game does not know: frames of the past. */
  readonly memoryBytes: number
  save(lane: number, into: Uint8Array): void
  load(lane: number, from: Uint8Array): void
}
