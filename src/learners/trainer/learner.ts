import { builtUrl, loadExport, type ModuleUrl } from '../../core/module.ts'
import { type NamedTensors, sharedTensor, type Tensor } from '../../core/tensor.ts'
import type { Metrics } from '../contract.ts'
import { initialiseLayout, loadSegments, segmentTensors } from '../nets/segments.ts'
import { checkBatch } from './check-batch.ts'
import type {
  GradientReport,
  Learner,
  LearnerDefinition,
  Objective,
  SharedModel,
} from './contract.ts'
import { type LearnerThreads, startLearnerThreads } from './learner-threads.ts'
import { type Counters, type ModelIdentity, putSnapshot, takeSnapshot } from './model-snapshot.ts'
import { notFinite } from './not-finite.ts'
import { cutShards } from './shards.ts'
import { allocateModel } from './shared-model.ts'
import type { TrainerSetup, TrainerThread } from './trainer-thread.ts'

export interface LearnerRequest {
  /** Exports `learner`, a {@link LearnerDefinition}; every thread imports it. */
  readonly module: ModuleUrl
  /** Judged by the definition's schema. */
  readonly options: unknown
  /** Names its threads and random streams: `decoder`. */
  readonly name: string
  readonly seed: number
  /** Parts of a batch whose gradients are summed in order; never more threads than these. */
  readonly shards: number
  readonly threads: number
  /** Parameters to start from, by segment name; absent: they are drawn. */
  readonly weights?: NamedTensors
}

/**
 * Starts a learner over batches: threads, graphs, first weights.
 * @throws AgonError what the module, its options or its graphs are refused for
 */
export async function startLearner(request: LearnerRequest): Promise<Learner> {
  const { module, name, seed, shards } = request
  const definition = await loadExport<LearnerDefinition<unknown>>(module, 'learner')
  const options = definition.options.parse(request.options)
  const objective = definition.objective(options)
  const model = allocateModel(objective, shards)
  const setup: TrainerSetup = { module, options, model }
  const threads = await startLearnerThreads<TrainerThread>({
    entry: builtUrl(import.meta.url, './trainer.worker.js'),
    count: Math.min(request.threads, shards),
    owner: name,
    open: (thread) => thread.call('open', setup),
  })
  if (request.weights === undefined)
    initialiseLayout(objective.layout, model.parameters.data, [seed, name, 'init'])
  else loadSegments(objective.layout, model.parameters.data, request.weights)
  if (objective.buffers !== undefined)
    initialiseLayout(objective.buffers, model.buffers.data, [seed, name, 'buffers'])
  const identity = { kind: definition.id, layout: objective.layout, buffers: objective.buffers }
  const { learningRate } = definition.rule(options)
  return new ThreadedLearner(
    { identity, objective, model, threads, shards, learningRate },
    definition.batch(options),
  )
}

interface LearnerParts {
  readonly identity: ModelIdentity
  readonly objective: Objective
  readonly model: SharedModel
  readonly threads: LearnerThreads<TrainerThread>
  readonly shards: number
  readonly learningRate: number
}

class ThreadedLearner implements Learner {
  readonly batch: Learner['batch']
  readonly parameterCount: number
  readonly lost: Promise<never>
  readonly #parts: LearnerParts
  #counters: Counters = { updates: 0, steps: 0 }
  /** Shared copies of the batch, made again when one of another size comes. */
  #lent: Record<string, Tensor> = {}

  constructor(parts: LearnerParts, batch: Learner['batch']) {
    this.#parts = parts
    this.batch = batch
    this.lost = parts.threads.lost
    this.parameterCount = parts.objective.layout.size
  }

  async update(
    batch: NamedTensors,
    { learningRate = this.#parts.learningRate }: { readonly learningRate?: number } = {},
  ): Promise<Metrics> {
    const { objective, model, threads } = this.#parts
    const size = checkBatch(this.batch, batch)
    await this.#lend(batch)
    const columns = Array.from({ length: size.columns }, (_, column) => column)
    const ranges = cutShards(size.columns, this.#parts.shards)
    const reports = await threads.byShard(ranges.length, (thread, shard) =>
      thread.call('gradient', {
        shard,
        steps: size.steps,
        columns: columns.slice(ranges[shard].from, ranges[shard].to),
        share: 1 / (size.columns * size.steps),
      }),
    )
    const terms = summed(reports, 'terms')
    objective.terms.forEach((name, i) => {
      if (!Number.isFinite(terms[i])) throw notFinite(name, terms[i])
    })
    const step = this.#counters.steps + 1
    const job = { cycle: this.#counters.updates + 1, shards: ranges.length, learningRate, step }
    const { norm } = await threads.threads[0].call('adam', job)
    this.#counters = { updates: this.#counters.updates + 1, steps: step }
    objective.settle?.(model.buffers.data, model.parameters.data, summed(reports, 'sums'))
    return {
      ...Object.fromEntries(objective.terms.map((name, i) => [name, terms[i]])),
      grad_norm: norm,
    }
  }

  tensors(): NamedTensors {
    const { objective, model } = this.#parts
    const { layout, buffers } = objective
    return {
      ...segmentTensors(layout, new Float32Array(model.parameters.data)),
      ...(buffers === undefined
        ? {}
        : segmentTensors(buffers, new Float32Array(model.buffers.data))),
    }
  }

  async snapshot() {
    return takeSnapshot(this.#parts.identity, this.#parts.model, this.#counters)
  }

  async restore(snapshot: Parameters<Learner['restore']>[0]): Promise<void> {
    this.#counters = putSnapshot(this.#parts.identity, snapshot, this.#parts.model)
  }

  async close(): Promise<void> {
    await this.#parts.threads.close()
  }

  async #lend(batch: NamedTensors): Promise<void> {
    const fits = Object.entries(batch).every(
      ([name, { shape }]) => this.#lent[name]?.shape.join() === shape.join(),
    )
    if (!fits) {
      const lent = Object.fromEntries(
        Object.keys(this.batch).map((name) => {
          const { dtype, shape } = batch[name]
          return [name, sharedTensor(dtype, shape)]
        }),
      )
      await this.#parts.threads.everyone((thread) => thread.call('attach', lent))
      this.#lent = lent
    }
    for (const name of Object.keys(this.batch))
      (this.#lent[name].data as Float32Array).set(batch[name].data as Float32Array)
  }
}

/** Float64 sums in the order of the shards. */
function summed(reports: readonly GradientReport[], key: 'terms' | 'sums'): Float32Array {
  const sums = new Float64Array(reports[0][key].length)
  for (const report of reports) for (const [i, value] of report[key].entries()) sums[i] += value
  return Float32Array.from(sums)
}
