import { AgonError } from '../../core/errors.ts'
import type { Snapshot } from '../../core/snapshot.ts'
import { type Tensor, tensor } from '../../core/tensor.ts'
import type { Objective, SharedModel } from './contract.ts'

const VERSION = 1
const VECTORS = ['parameters', 'first', 'second'] as const

/** What a learner counts, beside its tensors. */
export interface Counters {
  /** Gradient updates: cycles that learned, or batches. */
  updates: number
  /** Optimiser steps, for Adam's bias corrections. */
  steps: number
}

/** Whose snapshots: `ppo`, a learner's id, and the layout that they belong to. */
export interface ModelIdentity extends Pick<Objective, 'layout' | 'buffers'> {
  readonly kind: string
}

/** Parameters and both Adam moments as flat vectors `[P]`, buffers where there are any, the counters, and the layout. */
export function takeSnapshot(
  { kind, layout, buffers }: ModelIdentity,
  model: SharedModel,
  counters: Counters,
): Snapshot {
  const copy = (source: Tensor<'float32'>) =>
    tensor('float32', source.shape, new Float32Array(source.data))
  const named = [...VECTORS, ...(buffers === undefined ? [] : (['buffers'] as const))]
  return {
    kind,
    version: VERSION,
    state: { layout: digest(layout, buffers), updates: counters.updates, steps: counters.steps },
    tensors: Object.fromEntries(named.map((name) => [name, copy(model[name])])),
  }
}

/**
 * Puts a snapshot back; nothing is written unless all of it fits.
 * @throws AgonError `snapshot/foreign` saying what differs
 */
export function putSnapshot(
  { kind, layout, buffers }: ModelIdentity,
  snapshot: Snapshot,
  model: SharedModel,
): Counters {
  const foreign = (message: string): AgonError =>
    new AgonError('snapshot/foreign', `the snapshot is not of this student: ${message}`, {
      remedy: 'resume with the environment and network options of the run that wrote it',
    })
  if (snapshot.kind !== kind) throw foreign(`its kind is '${snapshot.kind}', not '${kind}'`)
  if (snapshot.version !== VERSION)
    throw foreign(`its version is ${snapshot.version}, this one reads ${VERSION}`)
  const state = snapshot.state as Partial<Record<'layout' | 'updates' | 'steps', unknown>> | null
  const own = digest(layout, buffers)
  if (state?.layout !== own)
    throw foreign(`its network has layout ${state?.layout}, this one ${own}`)
  const { updates, steps } = state
  if (!Number.isSafeInteger(updates) || !Number.isSafeInteger(steps))
    throw foreign('its counters are missing')
  const sizes = {
    ...Object.fromEntries(VECTORS.map((name) => [name, layout.size])),
    ...(buffers === undefined ? {} : { buffers: buffers.size }),
  } as Readonly<Partial<Record<keyof Omit<SharedModel, 'gradients'>, number>>>
  const named = Object.entries(sizes) as [keyof Omit<SharedModel, 'gradients'>, number][]
  for (const [name, size] of named) {
    const found = snapshot.tensors[name]
    if (found?.dtype !== 'float32' || found.data.length !== size)
      throw foreign(`tensor '${name}' should be float32[${size}]`)
  }
  for (const [name] of named) model[name].data.set(snapshot.tensors[name].data as Float32Array)
  return { updates: updates as number, steps: steps as number }
}

const digest = (layout: ModelIdentity['layout'], buffers: ModelIdentity['buffers']): string =>
  buffers === undefined ? layout.digest : `${layout.digest}+${buffers.digest}`
