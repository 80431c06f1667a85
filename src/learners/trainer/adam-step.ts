import { tensor } from '../../core/tensor.ts'
import { openSession } from '../../inference/session.ts'
import type { Session } from '../../inference/session-contract.ts'
import type { Layout } from '../nets/index.ts'
import { adamOnnx } from './adam-graph.ts'
import type { AdamJob, AdamReport, AdamRule, SharedModel } from './contract.ts'
import { brokenGradient } from './not-finite.ts'

/** One optimiser step over the shared model; parameters and moments are written only if the norm is finite. */
export type AdamStep = (job: AdamJob) => Promise<AdamReport>

/** Optimiser steps. */
const SETTLED_EVERY = 64
const EXPONENT = 0x7f800000

/**
 * Moments that are no longer normal numbers become zero: of weights whose gradient stays 0. Left alone they never would, since the
 * smallest number times β₁ rounds to itself, and a processor takes many times as long for each. Parameters keep their bits: what such
 * a moment moves them by, at most about 1e-35, is lost in any of them that has ever been moved.
 */
export function settleMoments(moments: Float32Array): void {
  const bits = new Int32Array(moments.buffer, moments.byteOffset, moments.length)
  for (let i = 0; i < bits.length; i++) if ((bits[i] & EXPONENT) === 0) bits[i] = 0
}

export function createAdamStep(
  layout: Layout,
  rule: AdamRule,
  multipliers: Float32Array | null,
  model: SharedModel,
): AdamStep {
  const vector = () => tensor('float32', [layout.size])
  const scalar = () => tensor('float32', [])
  const inputs = {
    parameters: vector(),
    first: vector(),
    second: vector(),
    learning_rate: scalar(),
    first_scale: scalar(),
    second_scale: scalar(),
  }
  const gradients = model.gradients.map(() => vector())
  const outputs = {
    parameters_out: vector(),
    first_out: vector(),
    second_out: vector(),
    norm: tensor('float32', [1]),
  }
  const sessions = new Map<number, Promise<Session>>()
  return async (job) => {
    const opening =
      sessions.get(job.shards) ??
      openSession(adamOnnx(layout.size, job.shards, rule, multipliers), { name: 'adam' })
    sessions.set(job.shards, opening)
    const session = await opening
    const feeds: Record<string, (typeof gradients)[number]> = { ...inputs }
    for (let shard = 0; shard < job.shards; shard++) {
      gradients[shard].data.set(model.gradients[shard].data)
      feeds[`gradient_${shard}`] = gradients[shard]
    }
    for (const name of ['parameters', 'first', 'second'] as const)
      inputs[name].data.set(model[name].data)
    inputs.learning_rate.data[0] = job.learningRate
    inputs.first_scale.data[0] = 1 / (1 - rule.adamBeta1 ** job.step)
    inputs.second_scale.data[0] = 1 / (1 - rule.adamBeta2 ** job.step)
    const busy = session.busyMs
    await session.run(feeds, outputs)
    const norm = outputs.norm.data[0]
    if (!Number.isFinite(norm)) {
      const live = gradients.slice(0, job.shards).map(({ data }) => data)
      throw brokenGradient(layout, live, norm, job.cycle)
    }
    for (const name of ['parameters', 'first', 'second'] as const)
      model[name].data.set(outputs[`${name}_out`].data)
    if (job.step % SETTLED_EVERY === 0) settleMoments(model.first.data)
    return { norm, ortMs: session.busyMs - busy }
  }
}
