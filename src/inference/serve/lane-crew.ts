import type { Clock } from '../../core/clock.ts'
import type { AgonError } from '../../core/errors.ts'
import type { Lane } from './lane.ts'

/** Losses of threads within this time that are made good; one more, and the model is given up. */
const MOST_RESTARTS = 5
const WINDOW_MS = 60_000

export interface CrewEvents<B extends { readonly rows: number }> {
  /** What a lost thread had in hand, oldest first. */
  lost(batches: readonly B[]): void
  /** A lane is there to be used: one that was added, or one in place of a lost one. */
  opened(lane: Lane<B>): void
  /** There were too many losses, or none could be made good: no thread will come back. */
  gaveUp(error: AgonError): void
}

/** The lanes of one model: a lost one is replaced, within limits. */
export class LaneCrew<B extends { readonly rows: number }> {
  /** Those that work. */
  lanes: readonly Lane<B>[] = []
  /** Losses so far. */
  losses = 0
  readonly #open: () => Promise<Lane<B>>
  readonly #events: CrewEvents<B>
  readonly #clock: Pick<Clock, 'now'>
  #lossTimes: readonly number[] = []
  #closed = false

  constructor(open: () => Promise<Lane<B>>, events: CrewEvents<B>, clock: Pick<Clock, 'now'>) {
    this.#open = open
    this.#events = events
    this.#clock = clock
  }

  /** Takes a lane in. */
  add(lane: Lane<B>): void {
    this.lanes = [...this.lanes, lane]
    lane.lost.catch((error: AgonError) => this.#lose(lane, error))
    this.#events.opened(lane)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.lanes.map((lane) => lane.close()))
    this.lanes = []
  }

  async #lose(lane: Lane<B>, error: AgonError): Promise<void> {
    if (this.#closed) return
    this.losses++
    this.lanes = this.lanes.filter((other) => other !== lane)
    const now = this.#clock.now()
    this.#lossTimes = [...this.#lossTimes.filter((time) => now - time < WINDOW_MS), now]
    this.#events.lost(lane.inHand)
    if (this.#lossTimes.length > MOST_RESTARTS) return this.#events.gaveUp(error)
    try {
      const next = await this.#open()
      if (this.#closed) return void next.close()
      this.add(next)
    } catch (cause) {
      if (!this.#closed) this.#events.gaveUp(cause as AgonError)
    }
  }
}
