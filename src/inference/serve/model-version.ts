import { sha256 } from '../../core/bytes.ts'
import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import type { kserve } from '../../wire/index.ts'
import { AnswerEncoder } from './answer-encoder.ts'
import type { ModelSource, VersionInfo } from './contract.ts'
import type { InPlace } from './in-place.ts'
import type { Job, JobBatch } from './job.ts'
import { aloneFeeds, fillSlot } from './job-inputs.ts'
import type { Lane } from './lane.ts'
import { ModelMetrics } from './model-metrics.ts'
import type { ModelShape } from './model-shape.ts'
import { openLanes, type VersionContext } from './open-lanes.ts'
import { readRequest } from './read-request.ts'
import { completeInputs, goOnWith } from './request-inputs.ts'
import { Scheduler } from './scheduler.ts'
import type { SequenceTable } from './sequence-table.ts'

/** Who asks, and what is kept for them between requests. */
export interface AskContext {
  readonly sequences: SequenceTable
  /** Calls back when the caller has gone; maybe after the answer too. */
  whenGone(listener: () => void): void
}

/** One version of a model, opened in its threads. */
export class ModelVersion {
  readonly info: VersionInfo
  readonly metrics = new ModelMetrics()
  readonly #shape: ModelShape
  readonly #encoder: AnswerEncoder
  readonly #scheduler: Scheduler
  readonly #clock: Pick<Clock, 'now'>

  private constructor(
    info: VersionInfo,
    shape: ModelShape,
    { rules, clock, brokeDown }: VersionContext,
    open: () => Promise<Lane<JobBatch>>,
    inPlace: InPlace<JobBatch> | null,
  ) {
    this.info = info
    this.#shape = shape
    this.#clock = clock
    this.#encoder = new AnswerEncoder(shape, info.name, info.version)
    this.#scheduler = new Scheduler(
      { ...rules, alone: rules.alone || shape.layout === undefined },
      clock,
      {
        fill: (batch, slot) => fillSlot(shape, batch, slot),
        done: (batch, slot) => this.#answerRows(batch, slot.outputs, slot.computeMs),
        feeds: ({ jobs }) => aloneFeeds(shape, jobs[0]),
        doneAlone: ({ jobs: [job] }, { outputs, computeMs }) =>
          this.#answer(job, this.#encoder.tensors(outputs, job.wanted, job.id), computeMs),
        brokeDown,
      },
      open,
      inPlace,
    )
  }

  /** @throws AgonError those of `openSession` and `checkGraph` */
  static async open(
    name: string,
    version: string,
    source: ModelSource,
    context: VersionContext,
  ): Promise<ModelVersion> {
    const { shape, facts, lanes, inPlace, open } = await openLanes(name, source, context)
    const { card, onnx } = source
    const { maxBatch } = context.rules
    const { unbatched } = shape
    const on = [...new Set(lanes.map((lane) => lane.facts.device))]
    const about = { name, version, card, sha256: sha256(onnx), maxBatch, unbatched, devices: on }
    const made = new ModelVersion({ ...facts, ...about }, shape, context, open, inPlace)
    for (const lane of lanes) made.#scheduler.addLane(lane)
    return made
  }

  /** Why it cannot answer; undefined where it can. */
  get broken(): AgonError | undefined {
    return this.#scheduler.broken
  }

  /** How much waits, how many threads work and how many were lost. */
  get load(): { readonly waitingRows: number; readonly threads: number; readonly losses: number } {
    const { waitingRows, threads, losses } = this.#scheduler
    return { waitingRows, threads, losses }
  }

  /**
   * One request.
   * @returns the encoded ModelInferResponse
   * @throws AgonError `inference/…`, `sequence/…`, `wire/overloaded`, `wire/cancelled`, `worker/lost`, `onnx/run`
   */
  async infer(request: kserve.ModelInferRequest, context: AskContext): Promise<Buffer> {
    try {
      return await this.#ask(request, context)
    } catch (error) {
      this.metrics.count(error instanceof AgonError ? error.code : 'internal/unexpected')
      throw error
    }
  }

  /** Resolves when every request that was taken is answered. */
  idle(): Promise<void> {
    return this.#scheduler.idle()
  }

  /** Ends the threads; requests that are not answered by then are rejected. */
  close(): Promise<void> {
    return this.#scheduler.close()
  }

  async #ask(
    request: kserve.ModelInferRequest,
    { sequences, whenGone }: AskContext,
  ): Promise<Buffer> {
    const arrived = this.#clock.now()
    const read = readRequest(this.#shape, request)
    const sequence = goOnWith(sequences, this.#shape, read, arrived)
    let over = false
    try {
      const inputs = completeInputs(this.#shape, request, read, sequence)
      const answer = await new Promise<Buffer>((resolve, reject) => {
        const job: Job = {
          rows: read.rows,
          arrived,
          inputs,
          shapes: read.shapes,
          wanted: read.outputs,
          id: request.id,
          sequence,
          alone: false,
          losses: 0,
          settled: false,
          handed: arrived,
          resolve,
          reject,
        }
        if (sequence !== undefined) sequence.busy = true
        this.#scheduler.submit(job)
        whenGone(() => {
          if (!job.settled) this.#scheduler.cancel(job, callerGone())
        })
      })
      over = read.parameters.sequence?.end === true
      return answer
    } finally {
      if (sequence !== undefined) {
        sequence.busy = false
        // One that is over, or that never had an answer, leaves nothing behind.
        if (over || sequence.step === 0) sequences.end(sequence.id)
      }
    }
  }

  #answerRows({ jobs, rows }: JobBatch, outputs: readonly Uint8Array[], computeMs: number): void {
    this.metrics.batchRows.observe(rows)
    let from = 0
    for (const job of jobs) {
      const { sequence } = job
      if (sequence !== undefined) {
        this.#shape.states.forEach(({ output, rowBytes }, i) => {
          sequence.state[i].set(
            outputs[output].subarray(from * rowBytes, (from + job.rows) * rowBytes),
          )
        })
        sequence.step++
      }
      const layout = this.#shape.layout!
      const answer = this.#encoder.rows(layout, outputs, job.wanted, from, job.rows, job.id)
      this.#answer(job, answer, computeMs)
      from += job.rows
    }
  }

  #answer(job: Job, answer: Buffer, computeMs: number): void {
    const { metrics } = this
    metrics.count('ok')
    metrics.rows += job.rows
    metrics.queue.observe((job.handed - job.arrived) / 1000)
    metrics.compute.observe(computeMs / 1000)
    metrics.total.observe((this.#clock.now() - job.arrived) / 1000)
    job.resolve(answer)
    this.#scheduler.answered(job)
  }
}

function callerGone(): AgonError {
  return new AgonError('wire/cancelled', 'the caller has gone, or its deadline has passed')
}
