import type { Finding } from './contract.ts'

/** A finding that has nothing to tell but its verdict. */
export const plainFinding = (name: string, verdict: 'ok' | 'skipped', reason = ''): Finding => ({
  name,
  verdict,
  sent: '',
  expected: '',
  received: '',
  reason,
})
