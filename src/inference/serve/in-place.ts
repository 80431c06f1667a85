import type { Clock } from '../../core/clock.ts'
import type { AgonError } from '../../core/errors.ts'
import { openSession } from '../session.ts'
import type { Session } from '../session-contract.ts'
import { BatchSlot } from './batch-slot.ts'
import type { ModelSource } from './contract.ts'
import type { LaneEvents } from './lane.ts'
import { rowLayout } from './row-layout.ts'
import { RowRunner } from './row-runner.ts'

/** Milliseconds of a batch that the serving thread can spare: about what two hops between threads cost. */
const MOST_MS = 0.25
/** Numbers of rows that are tried. */
const SIZES = [1, 2, 4, 8, 16] as const
export const MOST_ROWS = 16
/** Bytes of a graph that is worth having in memory once more, and is opened in little time. */
const MOST_BYTES = 8 * 1024 * 1024
const WARM_UPS = 10
const TRIALS = 11

/**
 * A session of a small model on the thread that serves, for batches of few rows: they need not wait for another
 * thread to wake up, and for this one to wake up again. It is busy for so short a time that others hardly notice.
 */
export class InPlace<B extends { readonly rows: number }> {
  /** Rows of a batch that {@link run} takes. */
  readonly mostRows: number
  readonly #session: Session
  readonly #runner: RowRunner
  readonly #slot: BatchSlot
  readonly #clock: Pick<Clock, 'now'>
  #last: Promise<void> | null = null

  private constructor(
    session: Session,
    runner: RowRunner,
    slot: BatchSlot,
    mostRows: number,
    clock: Pick<Clock, 'now'>,
  ) {
    this.mostRows = mostRows
    this.#session = session
    this.#runner = runner
    this.#slot = slot
    this.#clock = clock
  }

  /** @returns null for a model that is too large or too slow, or runs no rows */
  static async open<B extends { readonly rows: number }>(
    { onnx }: ModelSource,
    name: string,
    clock: Pick<Clock, 'now'>,
  ): Promise<InPlace<B> | null> {
    if (onnx.length > MOST_BYTES) return null
    const session = await openSession(onnx, { name })
    const layout = rowLayout(session.inputs, session.outputs, MOST_ROWS)
    if (typeof layout !== 'string') {
      const runner = new RowRunner(session, layout)
      const slot = new BatchSlot(layout)
      let mostRows = 0
      for (const rows of SIZES) {
        slot.rows = rows
        if ((await medianMs(() => runner.run(slot), clock)) > MOST_MS) break
        mostRows = rows
      }
      if (mostRows > 0) return new InPlace(session, runner, slot, mostRows, clock)
    }
    await session.release()
    return null
  }

  /** Whether {@link run} may be called. */
  get free(): boolean {
    return this.#last === null
  }

  /** Runs a batch of at most {@link mostRows} rows. */
  run(batch: B, events: Pick<LaneEvents<B>, 'fill' | 'done' | 'failed' | 'freed'>): void {
    events.fill(batch, this.#slot)
    this.#slot.rows = batch.rows
    this.#last = this.#settle(batch, events)
  }

  /** After the batch that it is at. */
  async close(): Promise<void> {
    await this.#last
    await this.#session.release()
  }

  async #settle(batch: B, events: Pick<LaneEvents<B>, 'done' | 'failed' | 'freed'>): Promise<void> {
    const started = this.#clock.now()
    const error = await this.#runner.run(this.#slot).then(
      () => null,
      (reason: AgonError) => reason,
    )
    this.#slot.computeMs = this.#clock.now() - started
    if (error === null) events.done(batch, this.#slot)
    else events.failed(batch, error)
    this.#last = null
    events.freed()
  }
}

async function medianMs(run: () => Promise<void>, clock: Pick<Clock, 'now'>): Promise<number> {
  for (let i = 0; i < WARM_UPS; i++) await run()
  const times: number[] = []
  for (let i = 0; i < TRIALS; i++) {
    const started = clock.now()
    await run()
    times.push(clock.now() - started)
  }
  return times.sort((a, b) => a - b)[TRIALS >> 1]
}
