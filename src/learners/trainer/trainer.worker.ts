import { AgonError } from '../../core/errors.ts'
import { loadExport } from '../../core/module.ts'
import { elementCount, type NamedTensors, type Tensor } from '../../core/tensor.ts'
import { exposeWorker } from '../../inference/worker-expose.ts'
import { groupMultipliers } from '../nets/segments.ts'
import { type AdamStep, createAdamStep } from './adam-step.ts'
import type { BatchSpec, LearnerDefinition } from './contract.ts'
import { gatherColumns } from './gather-columns.ts'
import { createGradientStep, type Feeds, type GradientStep } from './gradient-step.ts'
import type { ColumnsJob, TrainerThread } from './trainer-thread.ts'

// One thread of a learner over batches: gradients of shards and optimiser steps. It keeps nothing that decides a result.

interface Opened {
  readonly batch: BatchSpec
  readonly gradient: GradientStep
  readonly adam: AdamStep
}

let opened: Opened | null = null
let lent: NamedTensors = {}

const work = (): Opened => {
  if (opened === null) throw new AgonError('learner/order', 'the learner thread has no setup yet')
  return opened
}

/** The name under which an objective finds 1/(T·B), for means over the whole batch. */
const SHARE = 'batch/share'

function load(feeds: Feeds, batch: BatchSpec, { steps, columns, share }: ColumnsJob): void {
  for (const name in feeds) {
    if (name === SHARE) feeds[name].data[0] = share
    const source = lent[name]
    if (source === undefined) continue
    const { axes } = batch[name]
    if (axes === 'steps') gatherColumns(source, feeds[name].data, steps, columns)
    else if (axes === 'whole') (feeds[name].data as Float32Array).set(source.data as Float32Array)
    else copyColumns(source, feeds[name], columns)
  }
}

function copyColumns(source: Tensor, out: Tensor, columns: readonly number[]): void {
  const width = elementCount(source.shape.slice(1))
  const [from, to] = [source.data as Float32Array, out.data as Float32Array]
  columns.forEach((column, i) => {
    to.set(from.subarray(column * width, (column + 1) * width), i * width)
  })
}

const api: TrainerThread = {
  async open({ module, options, model }) {
    const definition = await loadExport<LearnerDefinition<unknown>>(module, 'learner')
    const objective = definition.objective(options)
    const rule = definition.rule(options)
    opened = {
      batch: definition.batch(options),
      gradient: createGradientStep(objective, model),
      adam: createAdamStep(
        objective.layout,
        rule,
        groupMultipliers(objective.layout, rule.groups),
        model,
      ),
    }
  },
  async attach(batch) {
    lent = batch
  },
  gradient(job) {
    const { gradient, batch } = work()
    const size = { steps: job.steps, columns: job.columns.length }
    return gradient(job.shard, size, (feeds) => load(feeds, batch, job))
  },
  adam: (job) => work().adam(job),
}

exposeWorker(api)
