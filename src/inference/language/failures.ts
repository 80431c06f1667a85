import { AgonError } from '../../core/errors.ts'
import type { Usage } from './contract.ts'

/** How asking a language model fails. None of these has a cause: what a client throws may hold the key. */

export interface Retry {
  /** As the server said. */
  readonly retryAfterSeconds?: number
  /** The most that the call can have cost, where it may have been paid for. */
  readonly usage?: Usage
}

/** Too much is asked: everybody has to slow down, not this question alone. */
export const busy = (message: string, retry: Retry = {}): AgonError =>
  new AgonError('model/busy', message, {
    remedy: 'lower limits.concurrency, or raise limits.retries',
    fields: { retry: true, slowDown: true, ...retry },
  })

export const unavailable = (message: string, retry: Retry = {}): AgonError =>
  new AgonError('model/unavailable', message, {
    remedy: 'see whether the server runs, and whether baseUrl is its address',
    fields: { retry: true, ...retry },
  })

/** @param usage as in {@link Retry} */
export const garbled = (message: string, usage: Usage): AgonError =>
  new AgonError('model/garbled', message, {
    remedy: 'see what stands between here and the server',
    fields: { retry: true, usage },
  })

/** No other try has an answer. */
export const refused = (message: string, remedy?: string): AgonError =>
  new AgonError('model/refused', message, remedy === undefined ? {} : { remedy })

export const keyFault = (message: string, remedy: string, place?: string): AgonError =>
  new AgonError('model/key', message, { remedy, ...(place === undefined ? {} : { place }) })
