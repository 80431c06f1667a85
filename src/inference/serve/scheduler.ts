import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import { Batcher, type BatchingRules } from './batcher.ts'
import type { InPlace } from './in-place.ts'
import { type Job, type JobBatch, jobBatch } from './job.ts'
import type { Lane, LaneEvents } from './lane.ts'
import { LaneCrew } from './lane-crew.ts'

/** Threads that a job may be lost with before it is taken to be the cause. */
const MOST_LOSSES = 3

/** What the scheduler leaves to others: bytes in, bytes out. */
export interface BatchWork
  extends Pick<LaneEvents<JobBatch>, 'fill' | 'done' | 'feeds' | 'doneAlone'> {
  /** No thread is left, and none will come back. */
  brokeDown(): void
}

/**
 * Brings jobs to threads and sees to it that each is settled once: a batch whose thread dies runs again elsewhere, and
 * one whose graph fails is taken apart, so that a request never fails of its neighbour.
 */
export class Scheduler {
  readonly #batcher: Batcher<Job>
  readonly #crew: LaneCrew<JobBatch>
  readonly #clock: Pick<Clock, 'now'>
  readonly #events: LaneEvents<JobBatch>
  readonly #inPlace: InPlace<JobBatch> | null
  #underWay = 0
  #turnComing = false
  #timer: NodeJS.Timeout | undefined
  #broken: AgonError | undefined
  readonly #brokeDown: () => void
  #onIdle: (() => void)[] = []

  /**
   * @param open starts one more thread
   * @param inPlace takes small batches while no thread is at work; closed with the scheduler
   */
  constructor(
    rules: BatchingRules,
    clock: Pick<Clock, 'now'>,
    work: BatchWork,
    open: () => Promise<Lane<JobBatch>>,
    inPlace: InPlace<JobBatch> | null = null,
  ) {
    this.#inPlace = inPlace
    this.#batcher = new Batcher(rules)
    this.#clock = clock
    this.#brokeDown = work.brokeDown
    this.#events = {
      ...work,
      failed: (batch, error) => this.#takeApart(batch, error),
      freed: () => this.#pump(),
    }
    this.#crew = new LaneCrew(
      open,
      {
        lost: (batches) => this.#recover(batches),
        opened: (lane) => {
          lane.attach(this.#events)
          this.#pump()
        },
        gaveUp: (error) => this.#breakDown(error),
      },
      clock,
    )
  }

  /** Rows that wait for a thread. */
  get waitingRows(): number {
    return this.#batcher.rows
  }

  get threads(): number {
    return this.#crew.lanes.length
  }

  get losses(): number {
    return this.#crew.losses
  }

  /** Why it cannot run anything any more. */
  get broken(): AgonError | undefined {
    return this.#broken
  }

  /** Takes a thread in. */
  addLane(lane: Lane<JobBatch>): void {
    this.#crew.add(lane)
  }

  /**
   * Takes a job, to be settled once by its `resolve` or `reject`.
   * @throws AgonError `wire/overloaded`, `worker/lost`; then the job was not taken
   */
  submit(job: Job): void {
    if (this.#broken !== undefined) throw this.#broken
    if (!this.#batcher.add(job))
      throw new AgonError(
        'wire/overloaded',
        `${this.#batcher.rows} rows wait already, and ${job.rows} more are too many`,
        { remedy: 'ask again later, or start the server with more --workers' },
      )
    this.#underWay++
    // A caller who is alone gains nothing from a turn's wait, unless it is to tell whether it is alone.
    if (this.#underWay === 1 && !this.#fitsInPlace(job.rows)) this.#pump()
    else this.#turn()
  }

  /** Gives up a job that still waits; one that a thread is at goes on. */
  cancel(job: Job, error: AgonError): void {
    if (this.#batcher.remove(job)) this.#fail(job, error)
  }

  /** To be called when a job of a batch was answered. */
  answered(job: Job): void {
    job.settled = true
    this.#underWay--
    if (this.#underWay === 0) for (const idle of this.#onIdle.splice(0)) idle()
  }

  /** Resolves when every job that was taken is settled. */
  async idle(): Promise<void> {
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#onIdle.push(resolve))
  }

  /** Ends the threads; what is not settled by then is rejected with `inference/closed`. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#inPlace?.close()
    const error = new AgonError('inference/closed', 'the model is not served any more')
    this.#broken = error
    for (const { inHand } of this.#crew.lanes)
      for (const { jobs } of inHand) for (const job of jobs) this.#fail(job, error)
    this.#failAll(error)
    await this.#crew.close()
  }

  /** Requests that came with one read of the socket shall share a batch: they are looked at after all of them. */
  #turn(): void {
    if (this.#turnComing) return
    this.#turnComing = true
    setImmediate(() => {
      this.#turnComing = false
      this.#pump()
    })
  }

  #pump(): void {
    if (this.#fitsInPlace(this.#batcher.rows)) {
      const now = this.#clock.now()
      const jobs = this.#batcher.take(now, 0)
      if (jobs !== null) this.#inPlace?.run(handed(jobs, now), this.#events)
    }
    // Free threads first: their batches start at once.
    const lanes = [...this.#crew.lanes].sort((a, b) => a.busyRows - b.busyRows)
    for (const lane of lanes) {
      while (lane.canTake) {
        const now = this.#clock.now()
        const jobs = this.#batcher.take(now, lane.busyRows)
        if (jobs === null) break
        lane.submit(handed(jobs, now))
      }
    }
    this.#wake()
  }

  /** While a thread is at work, what waits grows into its next batch: rows that share a large one cost less. */
  #fitsInPlace(rows: number): boolean {
    const here = this.#inPlace
    if (here === null || rows === 0 || rows > here.mostRows || !here.free) return false
    return this.#crew.lanes.every((lane) => lane.busyRows === 0)
  }

  /** Comes back when the oldest job has waited long enough for a free thread. */
  #wake(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#crew.lanes.some((lane) => lane.canTake && lane.busyRows === 0)) return
    // It may be due by now: the time of the look at it and of this one are not the same.
    const due = this.#batcher.dueIn(this.#clock.now())
    if (Number.isFinite(due)) this.#timer = setTimeout(() => this.#pump(), Math.ceil(due))
  }

  #takeApart({ jobs }: JobBatch, error: AgonError): void {
    if (jobs.length === 1) {
      this.#fail(jobs[0], error)
      return
    }
    for (const job of jobs) job.alone = true
    this.#batcher.putBack(jobs)
  }

  #recover(batches: readonly JobBatch[]): void {
    const again: Job[] = []
    for (const { jobs } of batches)
      for (const job of jobs) {
        job.losses++
        if (job.losses < MOST_LOSSES) again.push(job)
        else this.#fail(job, lostTooOften())
      }
    this.#batcher.putBack(again)
    this.#pump()
  }

  #breakDown(error: AgonError): void {
    if (this.#crew.lanes.length > 0) return
    this.#broken = error
    this.#failAll(error)
    this.#brokeDown()
  }

  #failAll(error: AgonError): void {
    for (const job of this.#batcher.clear()) this.#fail(job, error)
  }

  #fail(job: Job, error: AgonError): void {
    job.reject(error)
    this.answered(job)
  }
}

function handed(jobs: readonly Job[], now: number): JobBatch {
  for (const job of jobs) job.handed = now
  return jobBatch(jobs)
}

function lostTooOften(): AgonError {
  return new AgonError('worker/lost', `${MOST_LOSSES} threads were lost with this request`, {
    remedy: 'look into what it sends: the same request would be the end of another thread',
  })
}
