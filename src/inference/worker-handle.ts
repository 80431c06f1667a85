import { type TransferListItem, Worker } from 'node:worker_threads'
import { type Endpoint, wrap } from 'comlink'
import { AgonError, type ErrorRecord, fromErrorRecord, toErrorRecord } from '../core/errors.ts'
import type { ModuleUrl } from '../core/module.ts'
import { endThread, shareNativeGate } from './native-gate.ts'

/** What crosses the thread border: errors as data, so that their code and fields survive. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorRecord }

export interface Invocable {
  invoke(method: string, args: readonly unknown[]): Promise<Reply>
}

/** A thread with its control calls. A call never hangs: it is raced against the end of the thread. */
export interface WorkerHandle<Api> {
  /** @throws AgonError the worker's own error, or `worker/lost` when the thread ends first */
  call<K extends keyof Api & string>(
    method: K,
    ...args: Api[K] extends (...args: infer A) => unknown ? A : never
  ): Promise<Api[K] extends (...args: never[]) => Promise<infer R> ? R : never>
  /** Rejects with `worker/lost` when the thread ends without {@link close}; never resolves. */
  readonly lost: Promise<never>
  /** Kills the thread as a crash would. */
  terminate(): Promise<void>
  /** Ends the thread in peace. */
  close(): Promise<void>
}

export interface WorkerOptions {
  /** What the thread finds as its `workerData`. */
  readonly data?: unknown
  /** Ports and buffers in `data` that move to the thread. */
  readonly transfer?: readonly TransferListItem[]
  /** What to do about the loss of the thread. */
  readonly remedy?: string
}

/**
 * Starts a thread from a built module. It gets an empty process environment: nothing there concerns its work.
 * @param name appears in errors
 */
export function startWorker<Api>(
  url: ModuleUrl,
  name: string,
  options: WorkerOptions = {},
): WorkerHandle<Api> {
  const { data, transfer = [], remedy = GO_ON } = options
  shareNativeGate()
  const worker = new Worker(new URL(url), {
    env: {},
    name,
    workerData: data,
    transferList: [...transfer],
  })
  const remote = wrap<Invocable>(endpoint(worker))
  // Rejections of the calls under way: a race against one long-lived promise would keep every reply alive.
  const pending = new Set<(error: AgonError) => void>()
  let reportLoss: (error: AgonError) => void
  const lost = new Promise<never>((_, reject) => {
    reportLoss = reject
  })
  lost.catch(() => {})
  let closing = false
  let crash: unknown
  let ended: AgonError | null = null
  worker.once('error', (error) => {
    crash = error
  })
  worker.once('exit', (code) => {
    ended = lostError(name, code, remedy, crash)
    for (const reject of pending) reject(ended)
    if (!closing) reportLoss(ended)
  })

  const invoke = (method: string, args: readonly unknown[]): Promise<Reply> =>
    new Promise((resolve, reject) => {
      if (ended !== null) {
        reject(ended)
        return
      }
      pending.add(reject)
      remote
        .invoke(method, args)
        .then(resolve, reject)
        .finally(() => pending.delete(reject))
    })

  return {
    lost,
    async call(method, ...args) {
      const reply = await invoke(method, args)
      if (!reply.ok) throw fromErrorRecord(reply.error)
      return reply.value as never
    },
    terminate: () => endThread(worker),
    async close() {
      closing = true
      await endThread(worker)
    },
  }
}

const GO_ON =
  'the run goes back to its last cut; if it happens again, look for the first error above'

function lostError(name: string, code: number, remedy: string, cause: unknown): AgonError {
  const crash = cause === undefined ? null : toErrorRecord(cause)
  const why = crash === null ? '' : `: ${crash.message}`
  return new AgonError('worker/lost', `the thread '${name}' ended with code ${code}${why}`, {
    place: name,
    remedy: crash?.remedy ?? remedy,
    cause,
  })
}

/** Comlink speaks to a browser's event target; a Node worker has `on` and hands over bare data. */
export function endpoint(port: {
  postMessage(message: unknown, transfer?: readonly never[]): void
  on(event: 'message', listener: (data: unknown) => void): unknown
  off(event: 'message', listener: (data: unknown) => void): unknown
}): Endpoint {
  type Listener = Parameters<Endpoint['addEventListener']>[1]
  const listeners = new Map<Listener, (data: unknown) => void>()
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    addEventListener(_type: string, listener: Listener) {
      const bare = (data: unknown): void => {
        const event = { data } as MessageEvent
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      }
      listeners.set(listener, bare)
      port.on('message', bare)
    },
    removeEventListener(_type: string, listener: Listener) {
      const bare = listeners.get(listener)
      if (bare === undefined) return
      listeners.delete(listener)
      port.off('message', bare)
    },
  }
}
