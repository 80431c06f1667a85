import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import { AgonError, toErrorRecord } from '../core/errors.ts'
import { listensAt } from '../core/until-settled.ts'
import { endpoint, type Invocable } from './worker-handle.ts'

/**
 * Offers `api` to the thread that started this one; the counterpart of `startWorker`.
 * @throws AgonError `worker/entry` when this is not a worker thread
 */
export function exposeWorker<Api extends object>(api: Api): void {
  if (parentPort === null)
    throw new AgonError('worker/entry', 'a worker entry was imported outside a worker thread')
  listensAt(parentPort)
  const methods = api as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
  const target: Invocable = {
    async invoke(method, args) {
      try {
        return { ok: true, value: await methods[method](...args) }
      } catch (error) {
        return { ok: false, error: toErrorRecord(error) }
      }
    },
  }
  expose(target, endpoint(parentPort))
}
