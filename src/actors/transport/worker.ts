import { type MessagePort, Worker } from 'node:worker_threads'
import { type ErrorRecord, toErrorRecord } from '../../core/errors.ts'
import type { ModuleUrl } from '../../core/module.ts'
import { listensAt } from '../../core/until-settled.ts'
import type { Channel, Envelope } from './contract.ts'

/** What passes between the two ends beside envelopes. */
type Control =
  | { readonly control: 'close' }
  | { readonly control: 'failed'; readonly error: ErrorRecord }

const isControl = (message: Envelope | Control): message is Control => 'control' in message

/**
 * Starts a worker thread at `entry` and returns the hub's end of the channel to it. The thread gets `data` and an empty
 * environment: no secret of the parent's reaches it. `close` asks the thread to end and waits until it has.
 */
export function workerChannel(entry: ModuleUrl, data: unknown, name: string): Channel {
  const worker = new Worker(new URL(entry), { workerData: data, name, env: {} })
  let closing = false
  let lost = false
  let onLost: ((error: ErrorRecord) => void) | null = null
  let onEnvelope: ((envelope: Envelope) => void) | null = null
  const lose = ({ message, remedy, origin, stack }: Omit<ErrorRecord, 'code'>): void => {
    if (closing || lost) return
    lost = true
    onLost?.({
      code: 'worker/lost',
      message: `the thread of ${name} ended: ${message}`,
      ...(remedy === undefined ? {} : { remedy }),
      ...(origin === undefined ? {} : { origin }),
      ...(stack === undefined ? {} : { stack }),
    })
  }
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      lose({ message: `exit code ${code}` })
      resolve()
    })
  })
  worker.on('error', (error) => lose(toErrorRecord(error)))
  worker.on('message', (message: Envelope | Control) => {
    if (!isControl(message)) onEnvelope?.(message)
    else if (message.control === 'failed') lose(message.error)
  })
  return {
    post: (envelope) => worker.postMessage(envelope),
    onEnvelope: (listener) => {
      onEnvelope = listener
    },
    onLost: (listener) => {
      onLost = listener
    },
    async close() {
      closing = true
      worker.postMessage({ control: 'close' } satisfies Control)
      await exited
    },
  }
}

/** The worker's own end, over its parent port. */
export interface HubChannel extends Channel {
  /** The hub wants this thread to end. */
  onClose(listener: () => void): void
  /** Tells the hub that this actor is lost, before the thread ends. */
  fail(error: ErrorRecord): void
}

export function hubChannel(port: MessagePort): HubChannel {
  listensAt(port)
  let onEnvelope: ((envelope: Envelope) => void) | null = null
  let onClose: (() => void) | null = null
  port.on('message', (message: Envelope | Control) => {
    if (!isControl(message)) onEnvelope?.(message)
    else if (message.control === 'close') onClose?.()
  })
  return {
    post: (envelope) => port.postMessage(envelope),
    onEnvelope: (listener) => {
      onEnvelope = listener
    },
    // A worker cannot outlive its parent, so there is nothing to tell.
    onLost: () => {},
    async close() {
      port.close()
    },
    onClose: (listener) => {
      onClose = listener
    },
    fail: (error) => port.postMessage({ control: 'failed', error } satisfies Control),
  }
}
