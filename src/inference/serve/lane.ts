import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { type AgonError, fromErrorRecord } from '../../core/errors.ts'
import { builtUrl } from '../../core/module.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import { startWorker, type WorkerHandle } from '../worker-handle.ts'
import { BatchSlot } from './batch-slot.ts'
import type { GraphFacts, ModelSource } from './contract.ts'
import type { RowLayout } from './row-layout.ts'
import type { AloneResult, InferenceThread, SlotReply, ThreadSession } from './thread-contract.ts'

/** Batches in the hands of one thread: one that it runs, one that waits for it. */
const SLOTS = 2
const NO_SLOT = -1

/** How batches get into a thread's hands and out again. */
export interface LaneEvents<B> {
  /** Writes the rows of `batch` into the inputs of `slot`. */
  fill(batch: B, slot: BatchSlot): void
  /** The outputs of `batch` are in `slot` until this returns. */
  done(batch: B, slot: BatchSlot): void
  /** The inputs of a batch of one request whose shapes are its own; and what came of it. */
  feeds(batch: B): NamedTensors
  doneAlone(batch: B, result: AloneResult): void
  /** The graph failed, not the thread. */
  failed(batch: B, error: AgonError): void
  /** After each of the three: the lane can take another batch. */
  freed(): void
}

/** A thread with its session, and the memory that batches cross in. */
export class Lane<B extends { readonly rows: number }> {
  readonly facts: GraphFacts
  /** Rejects when the thread ends without {@link close}; what it had in hand is in {@link inHand}. */
  readonly lost: Promise<never>
  readonly #thread: WorkerHandle<InferenceThread>
  readonly #port: MessagePort
  #events!: LaneEvents<B>
  #slots: readonly BatchSlot[] = []
  #free: number[] = []
  /** By slot; a batch that needs none stands under −1. */
  readonly #batches = new Map<number, B>()

  private constructor(thread: WorkerHandle<InferenceThread>, port: MessagePort, facts: GraphFacts) {
    this.facts = facts
    this.lost = thread.lost
    this.#thread = thread
    this.#port = port
    port.on('message', (reply: SlotReply) => this.#settle(reply))
    // The thread keeps the process alive; its port need not.
    port.unref()
  }

  /** @throws AgonError those of `openSession` and `checkGraph`, `worker/lost` */
  static async open<B extends { readonly rows: number }>(
    source: ModelSource,
    options: ThreadSession,
  ): Promise<Lane<B>> {
    const { port1, port2 } = new MessageChannel()
    const url = builtUrl(import.meta.url, './inference.worker.js')
    const thread = startWorker<InferenceThread>(url, `inference of ${options.name}`, {
      data: { batches: port2 },
      transfer: [port2],
      remedy: 'ask again: another thread takes its place',
    })
    try {
      const facts = await thread.call('open', source, options)
      return new Lane(thread, port1, facts)
    } catch (error) {
      port1.close()
      await thread.close()
      throw error
    }
  }

  /** Gives the thread memory for batches. @returns null, or why the graph cannot run such batches */
  async lend(layout: RowLayout): Promise<string | null> {
    const slots = Array.from({ length: SLOTS }, () => new BatchSlot(layout))
    const memories = slots.map(({ memory }) => memory)
    const obstacle = await this.#thread.call('lend', layout, memories)
    if (obstacle !== null) return obstacle
    this.#slots = slots
    this.#free = slots.map((_, index) => index)
    return null
  }

  /** Says who fills its batches and takes them back; before the first is submitted. */
  attach(events: LaneEvents<B>): void {
    this.#events = events
  }

  /** Whether {@link submit} may be called. */
  get canTake(): boolean {
    return this.#slots.length === 0 ? this.#batches.size === 0 : this.#free.length > 0
  }

  /** Rows of the batch that the thread is at; 0 for a free one. */
  get busyRows(): number {
    for (const { rows } of this.#batches.values()) return rows
    return 0
  }

  /** Batches that the thread has not answered, oldest first. */
  get inHand(): readonly B[] {
    return [...this.#batches.values()]
  }

  submit(batch: B): void {
    const index = this.#free.shift()
    if (index === undefined) {
      this.#submitAlone(batch)
      return
    }
    this.#batches.set(index, batch)
    this.#events.fill(batch, this.#slots[index])
    this.#slots[index].rows = batch.rows
    this.#port.postMessage(index)
  }

  async close(): Promise<void> {
    this.#port.close()
    await this.#thread.close()
  }

  #settle(reply: SlotReply): void {
    const index = typeof reply === 'number' ? reply : reply.slot
    const batch = this.#batches.get(index)!
    this.#batches.delete(index)
    if (typeof reply === 'number') this.#events.done(batch, this.#slots[index])
    else this.#events.failed(batch, fromErrorRecord(reply.error))
    this.#free.push(index)
    this.#events.freed()
  }

  async #submitAlone(batch: B): Promise<void> {
    this.#batches.set(NO_SLOT, batch)
    try {
      const result = await this.#thread.call('runAlone', this.#events.feeds(batch))
      this.#batches.delete(NO_SLOT)
      this.#events.doneAlone(batch, result)
    } catch (error) {
      // Then the batch stays in hand, for those who hear of the loss.
      if ((error as AgonError).code === 'worker/lost') return
      this.#batches.delete(NO_SLOT)
      this.#events.failed(batch, error as AgonError)
    }
    this.#events.freed()
  }
}
