import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { AgonError, fromErrorRecord } from '../../../core/errors.ts'
import { builtUrl } from '../../../core/module.ts'
import {
  type ActOrder,
  ANSWERS,
  type AskOrder,
  GONE,
  type Order,
  type OrderAnswer,
  OUTCOME,
  STEPPED,
} from './io-messages.ts'

/**
 * Calls that wait: the connection lives in a thread of its own, and this one sleeps until the answer is there. So an
 * environment of another process has the same face as one of this heap.
 */
export class SyncConnection {
  readonly #signal = new Int32Array(new SharedArrayBuffer(8))
  readonly #worker: Worker
  readonly #port: MessageChannel['port1']
  readonly #limitMs: number
  #gone = false

  /** @param limitMs how long the thread itself may be silent, beyond what it waits for the other side */
  constructor(limitMs: number) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.#limitMs = limitMs
    this.#worker = new Worker(new URL(builtUrl(import.meta.url, './io.worker.js')), {
      workerData: { signal: this.#signal, port: port2 },
      transferList: [port2],
      // Nothing of this process's environment concerns it.
      env: {},
      execArgv: [],
      name: 'remote environment',
    })
    this.#worker.unref()
    port1.unref()
  }

  /** @throws AgonError what the other side said */
  ask(order: AskOrder): unknown {
    this.#send(order)
    return this.#received()
  }

  /** Takes the step whose actions stand in the vector's memory. @throws AgonError */
  act(order: ActOrder | number): void {
    this.#send(order)
    if (this.#signal[OUTCOME] !== STEPPED) this.#received()
  }

  /** Nobody waits for it. */
  closeVector(vector: number): void {
    if (!this.#gone) this.#port.postMessage({ kind: 'close', vector } satisfies Order)
  }

  #send(order: Order | number): void {
    if (this.#gone) throw gone()
    const seen = Atomics.load(this.#signal, ANSWERS)
    this.#port.postMessage(order)
    // A wait may end without an answer.
    let outcome: ReturnType<typeof Atomics.wait> = 'ok'
    while (outcome !== 'timed-out' && Atomics.load(this.#signal, ANSWERS) === seen)
      outcome = Atomics.wait(this.#signal, ANSWERS, seen, this.#limitMs)
    if (outcome !== 'timed-out' && this.#signal[OUTCOME] !== GONE) return
    this.close()
    throw gone()
  }

  #received(): unknown {
    const message = receiveMessageOnPort(this.#port)?.message as OrderAnswer | undefined
    if (message === undefined) throw gone()
    if (!message.ok) throw fromErrorRecord(message.error)
    return message.value
  }

  close(): void {
    if (this.#gone) return
    this.#gone = true
    this.#port.close()
    void this.#worker.terminate()
  }
}

const gone = (): AgonError =>
  new AgonError('environment/lost', 'the thread that held the connection is gone')
