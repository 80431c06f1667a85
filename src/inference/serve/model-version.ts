import { sha256 } from '../../core/bytes.ts'
import type { Clock } from '../../core/clock.ts'
import { AgonError } from '../../core/errors.ts'
import type { kserve } from '../../wire/index.ts'
import type { Device } from '../device.ts'
import type { DeviceChoice } from '../device-choice.ts'
import { AnswerEncoder } from './answer-encoder.ts'
import type { GraphFacts, ModelSource, ServingOptions, VersionInfo } from './contract.ts'
import { MOST_ROWS as IN_PLACE_ROWS, InPlace } from './in-place.ts'
import type { Job, JobBatch } from './job.ts'
import { aloneFeeds, fillSlot } from './job-inputs.ts'
import { Lane } from './lane.ts'
import { ModelMetrics } from './model-metrics.ts'
import { type ModelShape, modelShape } from './model-shape.ts'
import { readRequest } from './read-request.ts'
import { completeInputs, goOnWith } from './request-inputs.ts'
import { Scheduler } from './scheduler.ts'
import type { SequenceTable } from './sequence-table.ts'

/** Serving options with their defaults filled in. */
export type ServingRules = Required<Omit<ServingOptions, 'device'>> & {
  readonly devices: readonly Device[]
}

/** Numbers of rows that `auto` tries, besides the most of a batch. */
const CLASSES = [1, 8, 64, 512]

/** Who asks, and what is kept for them between requests. */
export interface AskContext {
  readonly sequences: SequenceTable
  /** Calls back when the caller has gone; maybe after the answer too. */
  whenGone(listener: () => void): void
}

/** What a version depends on besides its model. */
export interface VersionContext {
  readonly rules: ServingRules
  readonly clock: Pick<Clock, 'now'>
  /** Called when its threads are lost for good. */
  readonly brokeDown: () => void
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
    const { card, onnx } = source
    const { maxBatch, devices, workers, tf32 } = context.rules
    const rows = CLASSES.filter((count) => count < maxBatch).concat(maxBatch)
    let opened = 0
    const open = (choice?: DeviceChoice): Promise<Lane<JobBatch>> =>
      Lane.open<JobBatch>(source, {
        device: devices[opened++ % devices.length],
        tf32,
        rows,
        name,
        ...(choice === undefined ? {} : { choice }),
      })
    const first = await open()
    const { facts } = first
    let shape = modelShape(facts, card, maxBatch)
    const obstacle = shape.layout === undefined ? null : await first.lend(shape.layout)
    if (obstacle !== null) shape = modelShape(facts, card, maxBatch, obstacle)
    const { unbatched } = shape
    const openLane = async (): Promise<Lane<JobBatch>> => {
      const lane = await open(facts.choice)
      if (shape.layout !== undefined) await lane.lend(shape.layout)
      return lane
    }
    const small = shape.layout !== undefined && computesFewRowsHere(facts)
    const inPlace = small ? await openInPlace(first, source, name, context) : null
    const lanes = [first]
    try {
      while (lanes.length < workers) lanes.push(await openLane())
    } catch (error) {
      await Promise.all(lanes.map((lane) => lane.close()))
      throw error
    }
    const on = [...new Set(lanes.map((lane) => lane.facts.device))]
    const about = { name, version, card, sha256: sha256(onnx), maxBatch, unbatched, devices: on }
    const made = new ModelVersion({ ...facts, ...about }, shape, context, openLane, inPlace)
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

/** Whether batches of few rows run on the CPU. */
function computesFewRowsHere({ device, choice }: GraphFacts): boolean {
  return device === 'cpu' || (choice?.cudaFrom ?? 0) > IN_PLACE_ROWS
}

/** @throws AgonError as `openSession`; then `lane` is closed */
async function openInPlace(
  lane: Lane<JobBatch>,
  source: ModelSource,
  name: string,
  { clock }: VersionContext,
): Promise<InPlace<JobBatch> | null> {
  try {
    return await InPlace.open(source, name, clock)
  } catch (error) {
    await lane.close()
    throw error
  }
}

function callerGone(): AgonError {
  return new AgonError('wire/cancelled', 'the caller has gone, or its deadline has passed')
}
