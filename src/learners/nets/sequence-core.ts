import type { TensorSpec } from '../../core/tensor.ts'
import type { Value } from '../graph/index.ts'
import type { Parameters } from './encoders.ts'
import type { SegmentSpec } from './segments.ts'

export type Carry = Readonly<Record<string, Value>>

/** What joins the steps of a sequence: a recurrent cell, state spaces, or one dense layer that joins nothing. */
export interface Core {
  readonly segments: readonly SegmentSpec[]
  /** Carry per row, by name; starts as zeros. */
  readonly state: Readonly<Record<string, TensorSpec>>
  /** One step: `x` `[B, features]` → `[B, hidden]` and the next carry. */
  step(parameters: Parameters, x: Value, carry: Carry): { readonly y: Value; readonly carry: Carry }
  /**
   * A whole sequence: `x` `[T, B, features]` → `[T, B, hidden]`. `reset` (float32 `[T, B]`) is 1 where the carry is
   * zeroed before the step.
   */
  sequence(parameters: Parameters, x: Value, carry: Carry, reset: Value): Value
}
