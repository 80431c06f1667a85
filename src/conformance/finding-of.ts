import { formatError, toErrorRecord } from '../core/errors.ts'
import { Mismatch } from '../envs/remote/conformance/check.ts'
import type { Finding } from './contract.ts'
import { NotReached } from './not-reached.ts'
import { plainFinding } from './plain-finding.ts'

/** What a check found that did not come to its end. */
export function findingOf(name: string, error: unknown): Finding {
  if (error instanceof NotReached) return plainFinding(name, 'skipped', error.message)
  const failed = { name, verdict: 'failed', reason: '' } as const
  if (error instanceof Mismatch) {
    const { sent, expected, received } = error
    return { ...failed, sent, expected, received }
  }
  const received = formatError(toErrorRecord(error))
  return { ...failed, sent: '', expected: 'answers', received }
}
