import { fromUtf8 } from '../../core/bytes.ts'
import { AgonError } from '../../core/errors.ts'
import { builtUrl } from '../../core/module.ts'
import { stream } from '../../core/random.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import type { NamedTensors } from '../../core/tensor.ts'
import { readModelFolder } from '../../inference/language/onnx/model-folder.ts'
import { startWorker, type WorkerHandle } from '../../inference/worker-handle.ts'
import type {
  AttemptReport,
  LearnReport,
  Outcome,
  SealedLevel,
  SealedResult,
  Student,
  StudentContext,
  TaskBatch,
} from '../contract.ts'
import { readInitializers } from '../onnx-initializers.ts'
import { elapsedMs } from '../stopwatch.ts'
import type { Learner } from '../trainer/contract.ts'
import { cutShards } from '../trainer/shards.ts'
import { learningRateAt } from './learning-rate.ts'
import { exampleOf, VOCABULARY } from './model-file.ts'
import type { CausalOptions } from './options.ts'
import { type Example, packedBatch, packRows } from './packing.ts'
import type { ScoreThread } from './score-thread.ts'
import { startCausalLearner } from './start-causal-learner.ts'
import type { TransformerShape } from './transformer.ts'

export const KIND = 'causal-lm'
const VERSION = 1

export const shapeOf = ({ network }: CausalOptions): TransformerShape => ({
  vocabulary: VOCABULARY,
  ...network,
})

/** How likely an answer is: its log-probability, and whether each of its tokens is the likeliest, so that it is what the model says. */
interface Scored {
  readonly logProb: number
  readonly exact: boolean
}

/**
 * A language model that learns lessons: levels whose text is JSON with `prompt` and `answer`. An attempt is its answer at temperature 0,
 * right or wrong to the letter.
 * @throws AgonError `model/*`, `network/weights` for a folder to begin with that does not fit
 */
export async function createCausalStudent(
  options: CausalOptions,
  context: StudentContext,
): Promise<Student> {
  const { slot, seed, workers } = context
  const shape = shapeOf(options)
  const weights = options.from === undefined ? undefined : await weightsOf(options.from)
  const learner = await startCausalLearner({
    options: { shape, learningRate: options.learningRate, maxGradNorm: options.maxGradNorm },
    ...{ name: `student/${slot}`, seed, shards: options.shards, threads: workers },
    ...(weights === undefined ? {} : { weights }),
  })
  const scorer = startWorker<ScoreThread>(
    builtUrl(import.meta.url, './score.worker.js'),
    `student/${slot}#answers`,
  )
  try {
    await scorer.call('open', shape, options.rows)
  } catch (error) {
    await Promise.all([learner.close(), scorer.close()])
    throw error
  }
  return new CausalStudent(options, context, learner, scorer)
}

const weightsOf = async (folder: string): Promise<NamedTensors> =>
  readInitializers((await readModelFolder(folder)).onnx)

class CausalStudent implements Student {
  readonly offers = ['return', 'length'] as const
  readonly exports = false
  readonly lost: Promise<never>
  readonly #options: CausalOptions
  readonly #context: StudentContext
  readonly #learner: Learner
  readonly #scorer: WorkerHandle<ScoreThread>
  /** Optimiser steps and gradient updates so far. */
  #steps = 0
  #updates = 0
  #cycle = 0
  /** What is to be learnt of the last attempt. */
  #lessons: readonly Example[] = []

  constructor(
    options: CausalOptions,
    context: StudentContext,
    learner: Learner,
    scorer: WorkerHandle<ScoreThread>,
  ) {
    this.#options = options
    this.#context = context
    this.#learner = learner
    this.#scorer = scorer
    this.lost = Promise.race([learner.lost, scorer.lost])
    this.lost.catch(() => {})
  }

  async attempt({ cycle, slot, tasks, probes }: TaskBatch): Promise<AttemptReport> {
    if (probes.length > 0)
      throw new AgonError(
        'learner/probe',
        `a language model runs no probes ('${probes[0].name}')`,
        {
          place: slot,
          remedy: 'use an adversary without probes',
        },
      )
    const start = elapsedMs()
    const examples = tasks.map(({ level }) => this.#exampleOf(level))
    const scores = await this.#score(examples)
    const [seat] = Object.keys(this.#context.spec.seats)
    this.#lessons = examples.filter((_, i) => tasks[i].train)
    this.#cycle = cycle
    const outcomes = tasks.map(({ id, repeat }, i): Outcome => {
      const { exact, logProb } = scores[i]
      const value = Number(exact)
      const episode = {
        ...{ episode: 0, seat, finished: true, solved: exact, return: value, length: 1 },
        ...{ studentVersion: this.#updates, extras: { log_prob: logProb } },
      }
      const who = { task: id, slot, repeat, measuredBy: `student/${slot}` }
      return { ...who, episodes: [episode], artefacts: {} }
    })
    const exact = scores.filter((one) => one.exact).length / Math.max(1, scores.length)
    const told = scores.reduce((sum, one) => sum + one.logProb, 0) / Math.max(1, scores.length)
    return {
      outcomes,
      envSteps: tasks.length,
      metrics: scores.length === 0 ? {} : { exact_rate: exact, answer_log_prob: told },
      timings: { attempt_ms: elapsedMs() - start },
    }
  }

  async learn(): Promise<LearnReport> {
    if (this.#lessons.length === 0) return { gradientUpdates: 0, metrics: {}, timings: {} }
    const start = elapsedMs()
    const { rows, promptWeight, network } = this.#options
    const { seed, slot } = this.#context
    const shuffled = stream(seed, `student/${slot}`, this.#cycle, 'lessons').shuffle([
      ...this.#lessons,
    ])
    const berths = packRows(shuffled, network.context)
    const count = berths[berths.length - 1].row + 1
    const losses: number[] = []
    let norm = 0
    // Batches of nearly equal size: a last one of a few lessons would weigh as much as a full one.
    for (const { from, to } of cutShards(count, Math.ceil(count / rows))) {
      const size = { first: from, rows, context: network.context, promptWeight }
      const here = berths.map(({ row, from: at }) => ({ row: row < to ? row : -1, from: at }))
      const batch = packedBatch(shuffled, here, size)
      this.#steps++
      const told = await this.#learner.update(batch, {
        learningRate: learningRateAt(this.#options, this.#steps),
      })
      losses.push(told.loss)
      norm = Math.max(norm, told.grad_norm)
    }
    this.#lessons = []
    this.#updates++
    const loss = losses.reduce((sum, one) => sum + one, 0) / losses.length
    return {
      gradientUpdates: 1,
      metrics: { loss, grad_norm: norm, optimiser_steps: this.#steps },
      timings: { learn_ms: elapsedMs() - start },
    }
  }

  async measure(levels: readonly SealedLevel[]): Promise<readonly SealedResult[]> {
    const scores = await this.#score(levels.map(({ level }) => this.#exampleOf(level)))
    return scores.map(({ exact }) => ({ return: Number(exact), length: 1 }))
  }

  async snapshot(): Promise<Snapshot> {
    const { state, tensors } = await this.#learner.snapshot()
    return {
      ...{ kind: KIND, version: VERSION, tensors },
      state: { learner: state, steps: this.#steps, updates: this.#updates },
    }
  }

  async restore({ kind, version, state, tensors }: Snapshot): Promise<void> {
    if (kind !== KIND || version !== VERSION)
      throw new AgonError('snapshot/foreign', `the snapshot is of '${kind}', not of '${KIND}'`)
    const kept = state as {
      readonly learner: Snapshot['state']
      readonly steps: number
      readonly updates: number
    }
    await this.#learner.restore({ kind, version: 1, state: kept.learner, tensors })
    this.#steps = kept.steps
    this.#updates = kept.updates
  }

  async close(): Promise<void> {
    await Promise.all([this.#learner.close(), this.#scorer.close()])
  }

  /** @throws AgonError `level/context` for a lesson that is longer than the context */
  #exampleOf(level: Uint8Array): Example {
    const example = exampleOf(JSON.parse(fromUtf8(level)))
    const length = example.prompt.length + example.answer.length
    const { context } = this.#options.network
    if (length <= context) return example
    throw new AgonError(
      'level/context',
      `a lesson has ${length} tokens, and the model takes ${context}`,
      {
        remedy: 'raise student.network.context, or leave such lessons out',
      },
    )
  }

  async #score(examples: readonly Example[]): Promise<readonly Scored[]> {
    if (examples.length === 0) return []
    const { rows, network } = this.#options
    const { context } = network
    const berths = packRows(examples, context)
    const count = berths[berths.length - 1].row + 1
    await this.#scorer.call('load', this.#learner.tensors())
    const scores: Scored[] = []
    for (let first = 0; first < count; first += rows) {
      const batch = packedBatch(examples, berths, { first, rows, context, promptWeight: 0 })
      const { logProb, hit } = await this.#scorer.call('score', batch)
      berths.forEach(({ row, from }, i) => {
        if (row < first || row >= first + rows) return
        const { prompt, answer } = examples[i]
        const at = (row - first) * context + from + prompt.length - 1
        const places = answer.map((_, k) => at + k)
        scores[i] = {
          logProb: places.reduce((sum, place) => sum + logProb[place], 0),
          exact: places.every((place) => hit[place] === 1),
        }
      })
    }
    return scores
  }
}
