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

/** A finding that has nothing to tell but its verdict. */
export const plainFinding = (name: string, verdict: 'ok' | 'skipped', reason = ''): Finding => ({
  name,
  verdict,
  sent: '',
  expected: '',
  received: '',
  reason,
})

/** A check has nothing to look at: the third party does not offer it, or an earlier check failed. */
export class NotReached extends Error {}
