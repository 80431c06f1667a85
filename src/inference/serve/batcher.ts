/** What waits to be run. */
export interface Waiting {
  readonly rows: number
  /** When it came, milliseconds of the server's clock. */
  readonly arrived: number
  /** Shares no batch: one that it shared failed, and only one of them is to blame. */
  readonly alone: boolean
}

export interface BatchingRules {
  readonly maxBatch: number
  readonly maxDelayMs: number
  readonly maxQueueRows: number
  /** No two requests share a batch. */
  readonly alone: boolean
}

/** The share of a full batch that is worth handing to a thread which is still at work. */
const EARLY_SHARE = 0.25

/**
 * Decides which requests run together. Pure: the clock comes in with every call.
 *
 * A free thread takes what waits, as soon as it fills a batch or its oldest has waited long enough. A thread at work is
 * handed its next batch early, so that it never stands still between two, but only a large one: at least as large as what it
 * is at, and a good part of a full one. Handing crumbs on would cut the stream of requests into small batches, whose rows
 * cost more.
 */
export class Batcher<W extends Waiting> {
  readonly #rules: BatchingRules
  #queue: W[] = []
  #rows = 0

  constructor(rules: BatchingRules) {
    this.#rules = rules
  }

  /** Rows that wait. */
  get rows(): number {
    return this.#rows
  }

  /** False where too much waits already; then nothing was added. */
  add(item: W): boolean {
    if (this.#rows + item.rows > this.#rules.maxQueueRows) return false
    this.#queue.push(item)
    this.#rows += item.rows
    return true
  }

  /** Puts a batch whose thread was lost back to where it came from, whatever the limit. */
  putBack(batch: readonly W[]): void {
    this.#queue = [...batch, ...this.#queue]
    for (const { rows } of batch) this.#rows += rows
  }

  /** False where it does not wait any more. */
  remove(item: W): boolean {
    const at = this.#queue.indexOf(item)
    if (at < 0) return false
    this.#queue.splice(at, 1)
    this.#rows -= item.rows
    return true
  }

  /**
   * The next batch for a thread, in the order of arrival, or null where it should wait.
   * @param busyRows rows that the thread is at; 0 for a free one
   */
  take(now: number, busyRows: number): readonly W[] | null {
    const count = this.#fitting()
    if (count === 0) return null
    const rows = rowsOf(this.#queue, count)
    const full =
      count < this.#queue.length || rows >= this.#rules.maxBatch || this.#isAlone(this.#queue[0])
    if (!full && (now < this.#due() || this.#tooEarly(rows, busyRows))) return null
    this.#rows -= rows
    return this.#queue.splice(0, count)
  }

  /** Milliseconds until the oldest has waited long enough for a free thread; infinite where nothing waits. */
  dueIn(now: number): number {
    return this.#queue.length === 0 ? Number.POSITIVE_INFINITY : Math.max(0, this.#due() - now)
  }

  /** All that waits, in order; nothing waits afterwards. */
  clear(): readonly W[] {
    const all = this.#queue
    this.#queue = []
    this.#rows = 0
    return all
  }

  #tooEarly(rows: number, busyRows: number): boolean {
    return busyRows > 0 && rows < Math.max(busyRows, EARLY_SHARE * this.#rules.maxBatch)
  }

  #due(): number {
    return this.#queue[0].arrived + this.#rules.maxDelayMs
  }

  /** How many from the front fit into one batch. */
  #fitting(): number {
    let rows = 0
    let count = 0
    for (const item of this.#queue) {
      rows += item.rows
      if (count > 0 && (rows > this.#rules.maxBatch || this.#isAlone(item))) break
      count++
      if (this.#isAlone(item)) break
    }
    return count
  }

  #isAlone(item: W): boolean {
    return this.#rules.alone || item.alone
  }
}

function rowsOf(queue: readonly Waiting[], count: number): number {
  let rows = 0
  for (let i = 0; i < count; i++) rows += queue[i].rows
  return rows
}
