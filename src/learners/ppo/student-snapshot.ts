import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { type Tensor, tensor } from '../../core/tensor.ts'
import type { Layout } from '../nets/index.ts'
import type { SharedModel } from './learner-jobs.ts'

const KIND = 'ppo'
const VERSION = 1
const VECTORS = ['parameters', 'first', 'second'] as const

/** What the student counts, beside its tensors. */
export interface Counters {
  /** Gradient updates: cycles that learned. */
  updates: number
  /** Optimiser steps, for Adam's bias corrections. */
  steps: number
}

/** Parameters and both Adam moments as flat vectors `[P]`, the counters, and the layout they belong to. */
export function takeSnapshot(layout: Layout, model: SharedModel, counters: Counters): Snapshot {
  const copy = (source: Tensor<'float32'>) =>
    tensor('float32', [layout.size], new Float32Array(source.data))
  return {
    kind: KIND,
    version: VERSION,
    state: { layout: layout.digest, updates: counters.updates, steps: counters.steps },
    tensors: Object.fromEntries(VECTORS.map((name) => [name, copy(model[name])])),
  }
}

/**
 * Puts a snapshot back; nothing is written unless all of it fits.
 * @throws AgonError `snapshot/foreign` saying what differs
 */
export function putSnapshot(snapshot: Snapshot, layout: Layout, model: SharedModel): Counters {
  const foreign = (message: string): AgonError =>
    new AgonError('snapshot/foreign', `the snapshot is not of this student: ${message}`, {
      remedy: 'resume with the environment and network options of the run that wrote it',
    })
  if (snapshot.kind !== KIND) throw foreign(`its kind is '${snapshot.kind}', not '${KIND}'`)
  if (snapshot.version !== VERSION)
    throw foreign(`its version is ${snapshot.version}, this one reads ${VERSION}`)
  const state = snapshot.state as Partial<Record<'layout' | 'updates' | 'steps', unknown>> | null
  if (state?.layout !== layout.digest)
    throw foreign(`its network has layout ${state?.layout}, this one ${layout.digest}`)
  const { updates, steps } = state
  if (!Number.isSafeInteger(updates) || !Number.isSafeInteger(steps))
    throw foreign('its counters are missing')
  for (const name of VECTORS) {
    const found = snapshot.tensors[name]
    if (found?.dtype !== 'float32' || found.data.length !== layout.size)
      throw foreign(`tensor '${name}' should be float32[${layout.size}]`)
  }
  for (const name of VECTORS) model[name].data.set(snapshot.tensors[name].data as Float32Array)
  return { updates: updates as number, steps: steps as number }
}
