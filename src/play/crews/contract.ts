import type { TypedArray } from '../../core/tensor.ts'

/**
 * Everybody whom one policy, rule or stranger plays: `rows = lanes · seats`, row = lane · seats + seat, seats in the order
 * of agents.
 */
export interface Crew {
  /** What it sees, `[rows, …shape]` by native encoding: written by who plays, before each {@link Crew.act}. */
  readonly seen: Readonly<Record<string, TypedArray>>
  /** A game begins in a lane. @param number the game's own */
  begin(lane: number, number: number): void
  /** int32 `[rows]`, ids of "v2", valid until the next call. */
  act(): Int32Array | Promise<Int32Array>
}
