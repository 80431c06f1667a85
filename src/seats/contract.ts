import type { ActionArray } from '../core/action-space.ts'
import type { TypedArray } from '../core/tensor.ts'
import type { Weakness } from '../inference/contract.ts'
import type { PolicySource } from '../inference/policy-source.ts'

/**
 * Who plays the agents that are not a student's: seats of an environment, taken by policies that a config names. The
 * environment says which agents a seat has, whatever it simulates.
 */

/** A policy that has a name in a run, as plain data: threads open it themselves. */
export type NamedPolicy =
  | { readonly kind: 'source'; readonly source: PolicySource; readonly weakness?: Weakness }
  /** A rule of the environment, or `random`; `difficulty`, 0 … 1, is that of its team instead of the level's. */
  | { readonly kind: 'bot'; readonly bot: string; readonly difficulty?: number }
  /** The student in a slot, as it is when a cycle begins; `critic` where its policy is known to have one. */
  | { readonly kind: 'slot'; readonly slot: string; readonly critic?: true }

/** By name. */
export type NamedPolicies = Readonly<Record<string, NamedPolicy>>

/** Seat → name of the policy that sits in it; who is not named is the student. */
export type Seating = Readonly<Record<string, string>>

/** Everybody who plays beside the student in the lanes of one batch. */
export interface Companions {
  /** Whether somebody of them plays a row; row = lane · agents + agent. */
  seated(row: number): boolean
  /** The level of a lane as those who sit there play it: bots have difficulties of their own. */
  levelOf(lane: number, level: unknown): unknown
  /** An episode begins in a lane: nobody remembers the one before. */
  begin(lane: number): void
  /** Nothing begins any more in a lane: its rows need not act, and are left as they are. */
  end(lane: number): void
  /**
   * Writes the actions of all rows that companions play, over what stood there.
   * @param observations of all rows, `[rows, …spec.shape]`
   * @param values float32 `[rows]`: takes what policies with a critic expect
   * @throws AgonError `policy/action`
   */
  act(
    observations: Readonly<Record<string, TypedArray>>,
    actions: ActionArray,
    values?: Float32Array,
  ): Promise<void>
}
