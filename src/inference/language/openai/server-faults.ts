import type { AgonError } from '../../../core/errors.ts'
import { visible } from '../../../core/visible.ts'
import type { Usage } from '../contract.ts'
import { busy, garbled, keyFault, type Retry, refused, unavailable } from '../failures.ts'

/** What the client throws, as far as it is looked at. */
interface Thrown {
  readonly name?: unknown
  readonly message?: unknown
  readonly status?: unknown
  readonly code?: unknown
  /** What a server says in the middle of a stream. */
  readonly error?: unknown
  readonly headers?: unknown
  readonly cause?: unknown
}

export interface Told {
  /** Milliseconds since the Unix epoch, for dates of servers. */
  readonly wall: number
  readonly redact: (text: string) => string
  /** The most that the call can have cost. */
  readonly usage: Usage
}

/** Of what a server says, so much is told. */
const MOST_QUOTED = 300
/** Statuses by which a server says that it could not, and may the next time. */
const PASSING: readonly number[] = [408, 409, 425]

/**
 * What the client threw as an error of Agon: nothing of the request, nor anything that holds the key, is in it.
 */
export function serverFault(thrown: unknown, told: Told): AgonError {
  const { status, code, headers } = (thrown ?? {}) as Thrown
  const said = told.redact(quoted(thrown)).slice(0, MOST_QUOTED)
  if (typeof status !== 'number') return withoutStatus((thrown ?? {}) as Thrown, said, told.usage)
  const retry = retryAfter(headers, told.wall)
  if (status === 429 && code === 'insufficient_quota')
    return refused(`the server has no credit left for this key: ${said}`, 'see to the account')
  if (status === 429) return busy(`the server is asked too much: ${said}`, retry)
  if (status === 401 || status === 403)
    return keyFault(
      `the server does not take the key: ${said}`,
      'name the variable or the file that holds the key, as apiKeyEnv or apiKeyFile',
    )
  if (status >= 500 || PASSING.includes(status))
    return unavailable(`the server has failed: ${said}`, retry)
  return refused(`the server refuses the question: ${said}`, 'see to baseUrl, model and messages')
}

/** Nobody answered, or what came was none. */
function withoutStatus(thrown: Thrown, said: string, usage: Usage): AgonError {
  const { name, error } = thrown
  if (name === 'SyntaxError') return garbled(`the server answers what is no JSON: ${said}`, usage)
  if (name === 'TypeError' || (error !== undefined && error !== null))
    return garbled(`the answer of the server broke off: ${said}`, usage)
  const unheard = causesOf(thrown).some(({ code }) => UNHEARD.includes(String(code)))
  return unavailable(`the server does not answer: ${said}`, unheard ? {} : { usage })
}

/** By which a system says that the question reached nobody. */
const UNHEARD: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** An error and what lies under it, outermost first; of several at once, the first. */
function causesOf(thrown: unknown): readonly Thrown[] {
  const causes: Thrown[] = []
  for (let at = thrown; at instanceof Error && causes.length < MOST_CAUSES; ) {
    causes.push(at)
    at = at instanceof AggregateError ? at.errors[0] : at.cause
  }
  return causes
}

const MOST_CAUSES = 5

/** With what lies under it, where that says more than `fetch failed`. */
function quoted(thrown: unknown): string {
  const texts = causesOf(thrown).map(({ message }) => String(message))
  return visible([...new Set(texts)].filter((text) => text !== '').join(': ')) || 'without a reason'
}

/** `retry-after-ms` and `retry-after`, in seconds or as a date. */
function retryAfter(headers: unknown, wall: number): Retry {
  if (!(headers instanceof Headers)) return {}
  const ms = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  if (ms >= 0) return { retryAfterSeconds: ms / 1000 }
  const given = headers.get('retry-after') ?? ''
  const seconds = /^\s*\d/.test(given)
    ? Number.parseFloat(given)
    : (Date.parse(given) - wall) / 1000
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, seconds) } : {}
}
