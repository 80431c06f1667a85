import { actionDType, actionShape, parameterWidth } from '../core/action-space.ts'
import { AgonError } from '../core/errors.ts'
import { builtUrl } from '../core/module.ts'
import { type NamedTensors, sharedTensor, type Tensor, type TensorSpec } from '../core/tensor.ts'
import type { ActBatch, ActResult, Policy, PolicyCard, PolicyFile } from './contract.ts'
import { prepareCuda } from './cuda/prepare-cuda.ts'
import type { SessionOptions } from './session-contract.ts'
import { startWorker, type WorkerHandle } from './worker-handle.ts'

/** The calls of a thread that holds a policy. */
export interface PolicyThread {
  /** @throws AgonError those of `openPolicy` */
  open(file: PolicyFile, options: Omit<SessionOptions, 'clock'>): Promise<PolicyDevice>
  /** Takes a batch in memory that both sides see. */
  lend(batch: SharedBatch): Promise<void>
  /** Runs the batch. @returns whether the policy has a critic, and `value` was written */
  act(): Promise<boolean>
}

/** Where the graph of a policy runs. */
export type PolicyDevice = Pick<Policy, 'device' | 'choice'>

export interface SharedBatch {
  readonly inputs: ActBatch
  readonly outputs: Required<ActResult>
}

/**
 * A policy whose session runs in a thread of its own, so that this one stays free while it computes. Results are valid
 * until the next call; the state of one may be given to the next as it is.
 * @throws AgonError those of `openPolicy`; calls throw `worker/lost` once the thread has died
 */
export async function openPolicyThread(
  file: PolicyFile,
  options: Omit<SessionOptions, 'clock'> = {},
): Promise<Policy> {
  if (options.device !== undefined && options.device !== 'cpu')
    prepareCuda({ tf32: options.tf32 ?? false })
  const name = `policy ${file.card.environment.id}`
  const url = builtUrl(import.meta.url, './policy.worker.js')
  const thread = startWorker<PolicyThread>(url, name, { remedy: 'look for the first error above' })
  try {
    return new ThreadPolicy(file.card, thread, await thread.call('open', file, options))
  } catch (error) {
    await thread.close()
    throw error
  }
}

class ThreadPolicy implements Policy {
  readonly card: PolicyCard
  readonly device?: PolicyDevice['device']
  readonly choice?: PolicyDevice['choice']
  readonly #thread: WorkerHandle<PolicyThread>
  #batch: SharedBatch | undefined

  constructor(card: PolicyCard, thread: WorkerHandle<PolicyThread>, on: PolicyDevice) {
    this.card = card
    if (on.device !== undefined) this.device = on.device
    if (on.choice !== undefined) this.choice = on.choice
    this.#thread = thread
  }

  async act(batch: ActBatch): Promise<ActResult> {
    if (this.#batch?.inputs.rows !== batch.rows) {
      this.#batch = sharedBatch(this.card, batch.rows)
      await this.#thread.call('lend', this.#batch)
    }
    const { inputs, outputs } = this.#batch
    copyAll(batch.observations, inputs.observations)
    copyAll(batch.state, inputs.state)
    inputs.noise.data.set(batch.noise.data)
    if (inputs.mask !== undefined) {
      if (batch.mask === undefined)
        throw new AgonError('policy/mask', 'the policy needs to be told which actions are allowed')
      inputs.mask.data.set(batch.mask.data)
    }
    const hasValue = await this.#thread.call('act')
    if (hasValue) return outputs
    const { value: _, ...rest } = outputs
    return rest
  }

  release(): Promise<void> {
    return this.#thread.close()
  }
}

function sharedBatch(card: PolicyCard, rows: number): SharedBatch {
  const each = (specs: Readonly<Record<string, TensorSpec>>): Record<string, Tensor> =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { dtype, shape }]) => [
        name,
        sharedTensor(dtype, [rows, ...shape]),
      ]),
    )
  const row = actionShape(card.actions)
  const parameters = parameterWidth(card.actions)
  return {
    inputs: {
      rows,
      observations: each(card.observations),
      state: each(card.state),
      noise: sharedTensor('float32', [rows, ...row]),
      ...(card.mask === true ? { mask: sharedTensor('float32', [rows, parameters]) } : {}),
    },
    outputs: {
      action: sharedTensor(actionDType(card.actions), [rows, ...row]).data,
      logProb: sharedTensor('float32', [rows]).data,
      logits: sharedTensor('float32', [rows, parameters]).data,
      value: sharedTensor('float32', [rows]).data,
      state: each(card.state),
    },
  }
}

function copyAll(from: NamedTensors, into: NamedTensors): void {
  for (const name in into) into[name].data.set(from[name].data as never)
}
