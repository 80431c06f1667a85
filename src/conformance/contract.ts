/** What conformance says of a third party: one finding a check, always the same checks in the same order. */
export interface Finding {
  /** `cycle: reports one outcome for every task and repeat`. */
  readonly name: string
  readonly verdict: 'ok' | 'failed' | 'skipped'
  /** Failures: what was sent, what the contract wants in answer, and what came. */
  readonly sent: string
  readonly expected: string
  readonly received: string
  /** Why it was skipped: what the third party says it cannot do, or which failure stood in the way. */
  readonly reason: string
}
